package dev.afluente.sync.source;

import dev.afluente.sync.source.account.SourceAccount;
import java.time.Instant;

/** Whether a link's data can be read now. */
public sealed interface Readiness {
    /**
     * Data is there.
     *
     * @param asOf the provider's own instant up to which it has collected; null when it does not say
     * @param collectedAt when it last collected anything at all, which may be later than {@code asOf}; null when it does
     *     not say
     * @param complete false when the provider could not collect every product
     * @param refused whose transactions the bank did not give when it was last asked, as far as the provider says
     */
    record Ready(Instant asOf, Instant collectedAt, boolean complete, Refused refused) implements Readiness {
        /** Nothing is known to have been refused. */
        public Ready(Instant asOf, Instant collectedAt, boolean complete) {
            this(asOf, collectedAt, complete, Refused.NOTHING);
        }
    }

    /** Accounts whose transactions are those of an earlier collection. */
    record Refused(boolean bankAccounts, boolean cards) {
        /** Everything was given. */
        public static final Refused NOTHING = new Refused(false, false);

        /** Tells whether anything is. */
        public boolean any() {
            return bankAccounts || cards;
        }

        /** Tells whether this account is one of them. */
        public boolean concerns(SourceAccount account) {
            return account.isCard() ? cards : bankAccounts;
        }
    }

    /** The provider is collecting: come again later. */
    record InProgress() implements Readiness {}
}
