package dev.afluente.sync.run;

import dev.afluente.sync.link.Link;
import java.util.Set;
import java.util.UUID;

/**
 * A run this instance may work on until its lease ends. Every write it makes is fenced by {@code owner}: a worker that
 * lost its lease cannot write any more.
 *
 * @param removed whether its connection has been removed since
 * @param attempt from 1
 */
public record LeasedRun(
        UUID id, Link link, boolean removed, String trigger, String traceparent, int attempt, UUID owner) {
    private static final Set<String> BY_ITSELF = Set.of("CONNECTED", "WEBHOOK");

    /** Tells whether somebody asked for this run and waits for its end under its id. */
    public boolean wasAskedFor() {
        return wasAskedFor(trigger);
    }

    /** Tells whether this run was asked for because notifications were lost, of which nobody knows what they said. */
    public boolean isForWhatWasMissed() {
        return trigger.equals("SWEEPER");
    }

    static boolean wasAskedFor(String trigger) {
        return !BY_ITSELF.contains(trigger);
    }

    /** The tenant that owns everything this run touches. */
    public String tenantId() {
        return link.tenantId();
    }
}
