package dev.afluente.sync.run;

import java.time.Duration;
import java.time.Instant;

/** How an attempt at a run ended. */
public sealed interface Outcome {
    /**
     * For good.
     *
     * @param status {@code SUCCEEDED}, {@code PARTIAL}, {@code FAILED} or {@code NEEDS_USER}
     * @param reason a stable code; null when it succeeded
     * @param readAsOf the provider's instant up to which what was read had been collected; null when nothing was read
     */
    record Finished(String status, String reason, Instant readAsOf) implements Outcome {
        /** The end of a run that read nothing. */
        public Finished(String status, String reason) {
            this(status, reason, null);
        }
    }

    /**
     * To be tried again.
     *
     * @param held whether an event may not bring it forward: the provider asked to wait
     */
    record Postponed(String reason, Duration delay, boolean held) implements Outcome {}
}
