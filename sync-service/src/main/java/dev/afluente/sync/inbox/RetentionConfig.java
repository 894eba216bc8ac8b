package dev.afluente.sync.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long an event stays in the inbox, counted from when it was received, or replayed last. */
@ConfigMapping(prefix = "afluente.inbox")
public interface RetentionConfig {
    /** Events that were answered, or ask for nothing. Longer than Kafka keeps records: what is forgotten here and read there again counts twice. */
    @WithDefault("P30D")
    Duration keepDone();

    /** How long an event waits for somebody to connect what it speaks of; then it is given up, and can still be replayed. */
    @WithDefault("P7D")
    Duration waitForConnection();

    /** Dead events that no operator has replayed. */
    @WithDefault("P90D")
    Duration keepDead();

    /** The pause between two looks. */
    @WithDefault("PT10M")
    Duration retentionEvery();

    /** @throws IllegalStateException when a setting cannot hold, naming its key */
    default void validate() {
        positive(keepDone(), "keep-done");
        positive(waitForConnection(), "wait-for-connection");
        positive(keepDead(), "keep-dead");
        positive(retentionEvery(), "retention-every");
    }

    private static void positive(Duration value, String key) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalStateException("afluente.inbox." + key + " must be at least one second");
        }
    }
}
