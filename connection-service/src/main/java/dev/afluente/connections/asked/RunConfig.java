package dev.afluente.connections.asked;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The patience of waiting runs. */
@ConfigMapping(prefix = "afluente.runs")
public interface RunConfig {
    /**
     * How long whoever claimed a run may take to ask the provider before another takes over; above two of the provider's
     * deadlines and one of the database's, because a refresh that is still under way must not be repeated.
     */
    @WithDefault("PT60S")
    Duration claim();

    /** How long a run waits for the provider before it is given up. */
    @WithDefault("PT2H")
    Duration patience();

    /** How long a person may take to give a fresh token that the provider did not set a time for. */
    @WithDefault("PT10M")
    Duration tokenWindow();

    /** The pause before the first retry; the second is four times as long. Up to half as much is added by chance. */
    @WithDefault("PT30S")
    Duration retryPause();
}
