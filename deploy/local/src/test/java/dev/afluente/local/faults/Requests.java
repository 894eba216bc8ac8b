package dev.afluente.local.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.local.stack.Stack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is asked of the services, at their own ports: the gateway has deadlines of its own. */
public final class Requests {
    private static final String SECRET = "sandbox-webhook-secret";

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
                .header("X-Pluggy-Signature", signature(body))
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

    private static String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
