package dev.afluente.connections.asked;

import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.asked.AskedRun.Trigger;
import dev.afluente.connections.provider.LinkState;
import java.time.Instant;

/**
 * Where an asked run stands, as far as judging a state needs it.
 *
 * @param since the provider's time of the state that the run began from; what is older concerns an earlier reading
 * @param readBefore when the bank had last been read then; null when that was not told
 * @param refreshes how often the provider was allowed to be asked, counted before each time
 */
record Standing(Trigger askedForBy, Phase phase, Instant since, Instant readBefore, int refreshes) {

    /** Tells whether a state shows what came of this run's refresh, and not what was there before it. */
    boolean concerns(LinkState told) {
        if (phase == Phase.ENDED) {
            return false;
        }
        // While the provider is known to read, every state since is about that reading.
        if (phase == Phase.READING || told.status().passing()) {
            return !told.asOf().isBefore(since);
        }
        return told.asOf().isAfter(since) && (told.status() != LinkState.Status.UPDATED || readSince(told));
    }

    /** A link changes for other reasons too: only a newer reading proves that the bank was read. */
    private boolean readSince(LinkState told) {
        Instant read = told.lastRead();
        return read == null || readBefore == null || read.isAfter(readBefore);
    }

    boolean mayRefresh() {
        return refreshes < askedForBy.refreshes();
    }
}
