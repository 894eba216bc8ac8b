package dev.afluente.connections.sweep.pace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How closely providers are watched for what they never told. Refused at the start when it makes no sense. */
@ConfigMapping(prefix = "afluente.sweep")
public interface SweepConfig {
    /** The time between two looks at a connection, from 1 s to 1 day; longer when there are too many of them. */
    @WithDefault("PT10M")
    Duration interval();

    /**
     * The most questions to a provider in a minute, over all instances, from 1 to 100,000. Pluggy names no limit for items
     * and 360 for accounts; what is left over is for what people ask.
     */
    @WithDefault("240")
    int perMinute();

    /** The same for one provider, by its key. */
    Map<String, Integer> perMinuteOf();

    /** How old news has to be before it counts as never told: notifications and runs take their time. */
    @WithDefault("PT2M")
    Duration grace();

    /** @throws IllegalStateException with the name of the property that makes no sense */
    default void validate() {
        if (interval().compareTo(Duration.ofSeconds(1)) < 0 || interval().compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalStateException("afluente.sweep.interval must be from 1 s to 1 day");
        }
        boolean sane = perMinuteOf().values().stream().allMatch(most -> most >= 1 && most <= 100_000);
        if (!sane || perMinute() < 1 || perMinute() > 100_000) {
            throw new IllegalStateException("afluente.sweep.per-minute must be from 1 to 100000");
        }
        if (grace().isNegative() || grace().compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalStateException("afluente.sweep.grace must be from 0 s to 1 h");
        }
    }
}
