package dev.afluente.webhooks.signature;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/**
 * The secret that Pluggy sends back in a header of our choosing, registered through {@code POST /webhooks} (Pluggy's recipe
 * "Authenticate webhook notifications with a header secret"). Active once {@link #secrets()} is set.
 */
@ConfigMapping(prefix = "afluente.webhook.header")
public interface HeaderSecretConfig {

    /** The header that carries the secret. */
    @WithDefault("X-Webhook-Secret")
    String name();

    /**
     * Every secret that is accepted now, comma separated: the current one and, while a rotation lasts, the previous one. No
     * default. Each is compared as UTF-8 bytes.
     */
    Optional<List<String>> secrets();
}
