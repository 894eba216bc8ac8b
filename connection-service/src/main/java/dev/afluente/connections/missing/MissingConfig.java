package dev.afluente.connections.missing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much patience there is with a provider that says it does not know a link. */
@ConfigMapping(prefix = "afluente.missing")
public interface MissingConfig {
    /** Between the first time it says so and the second; after that, ever longer, up to an hour. */
    @WithDefault("PT1M")
    Duration pause();

    /** How long it has to say so when there is no other link whose existence would show that it is asked rightly. */
    @WithDefault("PT24H")
    Duration alone();
}
