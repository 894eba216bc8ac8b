package dev.afluente.sync.account.status;

/** What the person, or the frontend for them, does next to have an account up to date. Clients branch on this. */
enum NextStep {
    NOTHING("The account is up to date."),
    WAIT("A sync is under way."),
    SYNC("The account has not been read for a while: ask for a sync."),
    ASK_PERSON("The bank needs the person: the connection says what for."),
    CONNECT_AGAIN("The connection was removed: what is shown stays as it is until the bank is connected again.");

    private final String advice;

    NextStep(String advice) {
        this.advice = advice;
    }

    /** A sentence a product team can show or read aloud. */
    String advice() {
        return advice;
    }

    /**
     * Decides. What keeps every sync from succeeding comes before asking for one.
     *
     * @param lastRunStatus of the last run that ended; null before the first
     */
    static NextStep of(boolean removed, boolean underWay, String lastRunStatus, boolean stale) {
        if (removed) {
            return CONNECT_AGAIN;
        }
        if (underWay) {
            return WAIT;
        }
        if ("NEEDS_USER".equals(lastRunStatus)) {
            return ASK_PERSON;
        }
        return stale ? SYNC : NOTHING;
    }
}
