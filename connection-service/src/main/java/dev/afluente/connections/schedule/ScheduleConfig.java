package dev.afluente.connections.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often this service reads by itself what providers have. Refused at the start when it makes no sense. */
@ConfigMapping(prefix = "afluente.automatic-sync")
public interface ScheduleConfig {
    /** Time between two readings of a connection, from 1 s to 31 days. */
    @WithDefault("PT12H")
    Duration interval();

    /** The most that chance adds to a connection's place in the interval; less than the interval. */
    @WithDefault("PT15M")
    Duration jitter();

    /** @throws IllegalStateException with the name of the property that makes no sense */
    default void validate() {
        if (interval().compareTo(Duration.ofSeconds(1)) < 0 || interval().compareTo(Duration.ofDays(31)) > 0) {
            throw new IllegalStateException("afluente.automatic-sync.interval must be from 1 s to 31 days");
        }
        if (jitter().isNegative() || jitter().compareTo(interval()) >= 0) {
            throw new IllegalStateException("afluente.automatic-sync.jitter must be shorter than the interval");
        }
    }
}
