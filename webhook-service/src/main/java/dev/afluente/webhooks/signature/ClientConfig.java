package dev.afluente.webhooks.signature;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * The client id named by the payload. Pluggy's recipe: ignore a notification unless its {@code clientId} equals your
 * application's. It is no proof alone (the id is no secret); it keeps another application's events out.
 */
@ConfigMapping(prefix = "afluente.webhook.client")
public interface ClientConfig {

    /** The only client id that passes. Unset: the payload's client id is not looked at. */
    Optional<String> id();

    /** What to do with a payload without a client id; several documented kinds ({@code connector/status_updated}) have none. */
    @WithDefault("pass")
    Absent absent();

    /** Treatment of a payload that names no client. */
    enum Absent {
        PASS,
        REFUSE
    }
}
