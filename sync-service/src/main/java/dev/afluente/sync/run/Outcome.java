package dev.afluente.sync.run;

import java.time.Duration;

/** How an attempt at a run ended. */
public sealed interface Outcome {
    /**
     * For good.
     *
     * @param status {@code SUCCEEDED}, {@code PARTIAL}, {@code FAILED} or {@code NEEDS_USER}
     * @param reason a stable code; null when it succeeded
     */
    record Finished(String status, String reason) implements Outcome {}

    /**
     * To be tried again.
     *
     * @param held whether an event may not bring it forward: the provider asked to wait
     */
    record Postponed(String reason, Duration delay, boolean held) implements Outcome {}
}
