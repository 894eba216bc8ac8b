package dev.afluente.webhooks.http;

import dev.afluente.webhooks.signature.hmac.Signer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A genuine delivery as the tests' configuration demands it, to be bent by the tests. */
public final class Notification {

    public static final String SECRET = "signing-secret-of-the-tests";
    public static final String HEADER_SECRET = "header-secret-of-the-tests";

    private Notification() {}

    public static String event(String eventId, String itemId) {
        return "{\"event\":\"item/updated\",\"eventId\":\"" + eventId + "\",\"itemId\":\"" + itemId
                + "\",\"clientId\":\"our-client\",\"clientUserId\":\"usuário-42\",\"triggeredBy\":\"SYNC\"}";
    }

    public static HttpRequest.Builder unsigned(URI door, BodyPublisher body) {
        return HttpRequest.newBuilder(door)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(body);
    }

    public static HttpRequest.Builder signed(URI door, byte[] body) {
        return signed(door, body, BodyPublishers.ofByteArray(body));
    }

    public static HttpRequest.Builder signed(URI door, String body) {
        return signed(door, body.getBytes(StandardCharsets.UTF_8));
    }

    public static HttpRequest.Builder signed(URI door, byte[] body, BodyPublisher publisher) {
        return unsigned(door, publisher)
                .header("X-Pluggy-Signature", "sha256=" + Signer.hex(SECRET, body))
                .header("Authorization", HEADER_SECRET);
    }
}
