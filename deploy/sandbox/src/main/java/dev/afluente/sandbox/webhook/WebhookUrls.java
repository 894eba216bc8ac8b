package dev.afluente.sandbox.webhook;

import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.http.PluggyError;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Pluggy's rules for URLs to be notified, each breach with its own message (OpenAPI examples of {@code POST /webhooks}).
 * Unless {@code sandbox.webhooks.strict-urls} is set only the first is kept, so that receivers on loopback work. That a
 * host must resolve, and to a public address, is not checked: it would need a look-up outside this machine.
 */
@Singleton
public class WebhookUrls {

    private static final List<String> RESERVED = List.of("localhost", ".localhost", ".local", ".internal", ".test");

    private final boolean strict;

    public WebhookUrls(SandboxConfig config) {
        this.strict = config.webhooks().strictUrls();
    }

    /** @throws PluggyError 400 */
    public void check(String url) {
        URI uri = parse(url);
        if (!strict) {
            return;
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!uri.getScheme().equalsIgnoreCase("https")) {
            throw PluggyError.badRequest("Webhook url must be a https secured url");
        }
        if ((uri.getPort() != -1 && uri.getPort() != 443) || uri.getUserInfo() != null) {
            throw PluggyError.badRequest("Webhook url must be valid URL address and not localhost");
        }
        if (host.startsWith("[") || host.matches("[\\d.]+")) {
            throw PluggyError.badRequest("Webhook url host can't be an IP address");
        }
        if (!host.contains(".") || RESERVED.stream().anyMatch(host::endsWith)) {
            throw PluggyError.badRequest("Webhook url host can't be localhost or a reserved/internal name");
        }
    }

    private static URI parse(String url) {
        try {
            URI uri = new URI(url);
            boolean web = uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
            if (web) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw PluggyError.badRequest("Webhook url must be valid URL address and not localhost");
        }
        throw PluggyError.badRequest("Webhook url must be valid URL address and not localhost");
    }
}
