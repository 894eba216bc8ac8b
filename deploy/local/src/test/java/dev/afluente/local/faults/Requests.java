package dev.afluente.local.faults;

import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.local.stack.Stack;
import dev.afluente.local.stack.WebhookSecret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** What is asked of the services, at their own ports: the gateway has deadlines of its own. */
public final class Requests {

    /** A request that is answered later is answered all the same: how late is what is measured. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PortPlan ports;

    public Requests(PortPlan ports) {
        this.ports = ports;
    }

    /** A genuine notification that something happened to an item. */
    public HttpRequest notice(String eventId, String itemId) {
        String body = "{\"event\":\"item/updated\",\"eventId\":\"%s\",\"itemId\":\"%s\",\"triggeredBy\":\"SYNC\"}"
                .formatted(eventId, itemId);
        return to(Role.WEBHOOK, Stack.WEBHOOK_PATH)
                .header("X-Pluggy-Signature", WebhookSecret.signature(body))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** Without a token. */
    public HttpRequest open(Role role, String path) {
        return to(role, path).build();
    }

    public HttpRequest get(Role service, String path, String token) {
        return to(service, path).header("Authorization", "Bearer " + token).build();
    }

    public HttpRequest post(Role service, String path, String token, String body) {
        return to(service, path)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder to(Role service, String path) {
        return HttpRequest.newBuilder(URI.create(ports.url(service) + path))
                .timeout(PATIENCE)
                .header("content-type", "application/json");
    }
}
