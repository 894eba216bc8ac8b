package dev.afluente.connections.provider.pluggy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** What connecting banks through Pluggy needs beyond the credentials of {@code PluggyConfig}. */
@ConfigMapping(prefix = "afluente.pluggy")
public interface PluggyLinkConfig {
    /** The page that opens Pluggy's widget; the token is added as query parameter {@code connect_token}. */
    @WithName("connect-url")
    @WithDefault("https://connect.pluggy.ai")
    String connectUrl();

    /** Whether Pluggy's sandbox connectors are offered beside the real banks. */
    @WithName("sandbox-connectors")
    @WithDefault("false")
    boolean sandboxConnectors();

    /** Where a person lands after logging in at the bank's own site; Pluggy's own page when absent. */
    @WithName("oauth-redirect-uri")
    Optional<String> oauthRedirectUri();

    /** The longest one question to Pluggy may take, a renewed key and a repetition included. */
    @WithName("deadline")
    @WithDefault("PT15S")
    Duration deadline();
}
