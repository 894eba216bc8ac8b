package dev.afluente.webhooks.intake.stream;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How records reach Kafka. Where the brokers are and how to log in are the usual {@code kafka.*} settings. */
@ConfigMapping(prefix = "afluente.webhook.stream")
public interface StreamConfig {

    /** What the producer may hold. Full means 503, never a wait. */
    @WithDefault("32M")
    MemorySize buffer();

    /** How long a record waits for others to share its batch, beside those that come while a request is under way. */
    @WithDefault("0ms")
    Duration linger();

    /** Most bytes of one batch. */
    @WithDefault("64K")
    MemorySize batch();

    /**
     * In how many brokers a record must lie before it counts as kept: what {@code min.insync.replicas} of both topics must be at
     * least. With one, {@code acks=all} may mean a single copy, which is for development only. At least 1.
     */
    @WithDefault("2")
    int minReplicas();

    /** Time between two looks at the brokers; also how late readiness can be. */
    @WithDefault("1s")
    Duration watchInterval();
}
