package dev.afluente.model.pluggy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach Pluggy. The client's own time-outs and pool are under {@code quarkus.rest-client.pluggy}.
 */
@ConfigMapping(prefix = "afluente.pluggy")
public interface PluggyConfig {
    /** Base URL, without a trailing slash. */
    @WithDefault("https://api.pluggy.ai")
    String url();

    /** The application's client id. */
    Optional<String> clientId();

    /** The application's client secret. */
    Optional<String> clientSecret();

    /**
     * Age at which a key is replaced. Pluggy's keys live two hours; ten minutes early leaves room for a slow call that
     * still carries the old one.
     */
    @WithDefault("PT1H50M")
    Duration keyRenewal();
}
