package dev.afluente.connections.sweep;

import dev.afluente.connections.provider.LinkState;
import java.time.Instant;

/**
 * How far a connection has been read into the ledger.
 *
 * @param asOf by the provider's clock; null when no run has told
 * @param askedFor what the last run was asked for because of; null when none was
 * @param asked how many runs were asked for because of that
 */
record Reading(Instant asOf, Instant askedFor, int asked) {
    static final Reading NEVER = new Reading(null, null, 0);

    /** A run that fails this often for the same news has a reason that asking again does not mend. */
    static final int MOST = 3;

    /** What the sweep does about a connection. */
    enum Step {
        /** All that the provider has is in the ledger, or on its way. */
        NOTHING,
        /** The provider read the bank too short a while ago for its notification to be missed. */
        LATER,
        /** The provider read the bank and nobody came to fetch it: its notification was lost. */
        LOST,
        /** It was asked for, and still nobody read it. */
        AGAIN
    }

    /**
     * @param runWaits whether a run of the connection waits for the provider and will read all there is
     * @param ripe when what the provider read last is old enough to count as never told
     */
    Step step(LinkState state, boolean runWaits, Instant ripe, Instant now) {
        Instant collected = state.lastRead();
        if (state.status().passing() || runWaits || collected == null || !isNews(collected)) {
            return Step.NOTHING;
        }
        if (now.isBefore(ripe)) {
            return Step.LATER;
        }
        if (!collected.equals(askedFor)) {
            return Step.LOST;
        }
        return asked < MOST ? Step.AGAIN : Step.NOTHING;
    }

    private boolean isNews(Instant collected) {
        return asOf == null || collected.isAfter(asOf);
    }
}
