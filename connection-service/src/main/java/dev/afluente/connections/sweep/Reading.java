package dev.afluente.connections.sweep;

import dev.afluente.connections.provider.LinkState;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a connection has been read into the ledger.
 *
 * @param asOf by the provider's clock; null when no run has told
 * @param told when the provider last said that it had read the bank, by our clock; null when it never did
 * @param askedFor what the last run was asked for because of; null when none was
 * @param asked how many runs were asked for because of that
 */
record Reading(Instant asOf, Instant told, Instant askedFor, int asked) {
    static final Reading NEVER = new Reading(null, null, null, 0);

    /** A run that fails this often for the same news has a reason that asking again does not mend. */
    static final int MOST = 3;

    /** How long a run may take of which the provider told: it waits its turn, and tries again when it fails. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What the sweep does about a connection. */
    enum Step {
        /** All that the provider has is in the ledger, or on its way. */
        NOTHING,
        /** The provider read the bank too short a while ago for its notification to be missed. */
        LATER,
        /** The provider read the bank and nobody came to fetch it: its notification was lost. */
        LOST,
        /** It was asked for, and still nobody read it. */
        AGAIN,
        /** Its notification came, and still nobody read it: nothing was lost, but the run it made has failed or hangs. */
        SLOW
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
        boolean first = !collected.equals(askedFor);
        if (told != null && !told.isBefore(collected)) {
            boolean late = !now.isBefore(ripe.plus(PATIENCE));
            return late && (first || asked < MOST) ? Step.SLOW : Step.NOTHING;
        }
        if (first) {
            return Step.LOST;
        }
        return asked < MOST ? Step.AGAIN : Step.NOTHING;
    }

    /** Returns this with another moment at which the collecting was made known, if that is later. */
    Reading toldAt(Instant moment) {
        return told == null || told.isBefore(moment) ? new Reading(asOf, moment, askedFor, asked) : this;
    }

    private boolean isNews(Instant collected) {
        return asOf == null || collected.isAfter(asOf);
    }
}
