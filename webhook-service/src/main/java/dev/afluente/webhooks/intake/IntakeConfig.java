package dev.afluente.webhooks.intake;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much is taken in, and how long it may take. */
@ConfigMapping(prefix = "afluente.webhook.intake")
public interface IntakeConfig {

    /** Pluggy counts an answer after 10 s as a failure; its older pages say 5 s. */
    Duration LONGEST_DEADLINE = Duration.ofSeconds(9);

    /** Below this a healthy broker's pause (a garbage collection, a new leader) already costs deliveries. */
    Duration SHORTEST_DEADLINE = Duration.ofMillis(500);

    /** The largest body, in bytes; a larger one is a 413 and is not read to its end. */
    @WithDefault("256K")
    MemorySize maxBodySize();

    /** From a request's first line to its answer, whatever the broker or the sender does. Between 500 ms and 9 s. */
    @WithDefault("4s")
    Duration deadline();

    /**
     * Bytes of all notifications that are being read or are not yet safe in Kafka. What would go beyond is answered with 503
     * at once: with the broker away, this is what bounds memory.
     */
    @WithDefault("24M")
    MemorySize maxInFlight();

    /** The {@code Retry-After} of a 503, in whole seconds. Pluggy keeps its own schedule; proxies and people read it. */
    @WithDefault("5s")
    Duration retryAfter();

    /** @throws IllegalStateException when the settings cannot hold together, naming the key */
    default void validate() {
        if (deadline().compareTo(SHORTEST_DEADLINE) < 0 || deadline().compareTo(LONGEST_DEADLINE) > 0) {
            throw new IllegalStateException("afluente.webhook.intake.deadline must lie between 500 ms and 9 s");
        }
        if (maxBodySize().asLongValue() < 1024 || maxBodySize().asLongValue() > 900 * 1024) {
            throw new IllegalStateException("afluente.webhook.intake.max-body-size must lie between 1K and 900K:"
                    + " Kafka takes no record over 1 MiB unless both sides are told to");
        }
        if (maxInFlight().asLongValue() < 4 * maxBodySize().asLongValue()) {
            throw new IllegalStateException(
                    "afluente.webhook.intake.max-in-flight must hold at least four of the largest bodies");
        }
    }
}
