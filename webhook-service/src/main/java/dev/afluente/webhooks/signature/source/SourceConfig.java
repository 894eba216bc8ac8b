package dev.afluente.webhooks.signature.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that deliveries may come from. An additional layer, never one that is enough alone: addresses can be shared and
 * routed. Active once {@link #allowed()} is set.
 */
@ConfigMapping(prefix = "afluente.webhook.source")
public interface SourceConfig {

    /** Address ranges ({@code 203.0.113.0/24}, {@code 2001:db8::/32}) or single addresses, comma separated. */
    Optional<List<String>> allowed();

    /**
     * Ranges of our own proxies. Only when the socket's other end lies in one of them is {@link #header()} read at all, and
     * then from the right: the first address that is not one of our proxies is the sender's. Ranges that hold every address are
     * refused, because then anybody could write the sender's address.
     */
    Optional<List<String>> trustedProxies();

    /** The header in which proxies note where a request came from, each adding at the right. */
    @WithDefault("X-Forwarded-For")
    String header();
}
