package dev.afluente.sync.account.status;

import dev.afluente.sync.http.Language;

/** What the person, or the frontend for them, does next to have an account up to date. Clients branch on this. */
enum NextStep {
    NOTHING("A conta está em dia.", "The account is up to date."),
    WAIT("Uma sincronização está em andamento.", "A sync is under way."),
    SYNC(
            "A conta não é lida há algum tempo: peça uma sincronização.",
            "The account has not been read for a while: ask for a sync."),
    SYNC_AGAIN(
            "A última sincronização não trouxe tudo o que existe: peça outra.",
            "The last sync did not bring everything there is: ask for another."),
    ASK_PERSON(
            "O banco precisa da pessoa: a conexão diz para quê.",
            "The bank needs the person: the connection says what for."),
    CONNECT_AGAIN(
            "A conexão foi removida: o que aparece fica como está até o banco ser conectado de novo.",
            "The connection was removed: what is shown stays as it is until the bank is connected again.");

    private final String portuguese;
    private final String english;

    NextStep(String portuguese, String english) {
        this.portuguese = portuguese;
        this.english = english;
    }

    /** A sentence a product team can show or read aloud. */
    String advice(Language language) {
        return language.of(portuguese, english);
    }

    /**
     * Decides. What keeps every sync from succeeding comes before asking for one.
     *
     * @param last how the last sync ended for this account
     */
    static NextStep of(boolean removed, boolean underWay, Ended last, boolean stale) {
        if (removed) {
            return CONNECT_AGAIN;
        }
        if (underWay) {
            return WAIT;
        }
        if (last == Ended.FOR_THE_PERSON) {
            return ASK_PERSON;
        }
        if (last == Ended.WITH_GAPS) {
            return SYNC_AGAIN;
        }
        return stale ? SYNC : NOTHING;
    }

    /** How a sync ended, as far as one account is concerned. */
    enum Ended {
        /** Everything is in, or there was no sync yet. */
        WELL,
        /** The bank needs the person. */
        FOR_THE_PERSON,
        /** The account or the bank as a whole did not give everything. */
        WITH_GAPS;

        private static final String BANK_INCOMPLETE = "provider_incomplete";

        /**
         * Another account's trouble is not this one's.
         *
         * @param run the run's status; null before the first
         * @param reason the run's
         * @param own what came of the account in that run, FAILED when any of its products did; null when it did not come to it
         */
        static Ended of(String run, String reason, String own) {
            if (run == null || run.equals("SUCCEEDED")) {
                return WELL;
            }
            if (run.equals("NEEDS_USER")) {
                return FOR_THE_PERSON;
            }
            return "SUCCEEDED".equals(own) && !BANK_INCOMPLETE.equals(reason) ? WELL : WITH_GAPS;
        }
    }
}
