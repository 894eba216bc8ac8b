package dev.afluente.connections.provider.pluggy.subscription;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The webhook that this deployment has at Pluggy. Active once {@link #url()} is set. */
@ConfigMapping(prefix = "afluente.subscription")
public interface SubscriptionConfig {
    /**
     * The address of webhook-service as Pluggy reaches it, path included. Pluggy takes https on port 443 at a public
     * domain name only. Unset: the webhook is somebody else's affair.
     */
    Optional<URI> url();

    /** The event to subscribe to: {@code all}, or one event's name. */
    @WithDefault("all")
    String event();

    /** The header in which Pluggy sends the secret back; webhook-service's {@code afluente.webhook.header.name}. */
    @WithDefault("X-Webhook-Secret")
    String headerName();

    /**
     * The secret of that header, one of webhook-service's {@code afluente.webhook.header.secrets}. To rotate: give
     * webhook-service the new one beside the old one, change it here, and take the old one away there when Pluggy repeats
     * nothing any more that it sent with it: three hours later.
     */
    Optional<String> headerSecret();

    /** How often to look; 1 s to 1 h. */
    @WithDefault("PT1M")
    Duration interval();
}
