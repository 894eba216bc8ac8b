package dev.afluente.local.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.Running;
import dev.afluente.local.http.HttpFailure;
import dev.afluente.local.http.JsonHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/**
 * Sends one person's requests while things break. No answer, 5xx and 429 are what trouble looks like; any other refusal that was
 * not to be expected is kept as strange. For one thread.
 */
final class Caller {
    private static final Duration TOKEN = Duration.ofMinutes(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Running running;
    private final String name;
    private final Queue<String> strange = new ConcurrentLinkedQueue<>();
    private JsonHttp api;
    private Instant signedIn = Instant.EPOCH;
    private int asked;
    private int unanswered;

    Caller(Running running, String name) {
        this.running = running;
        this.name = name;
    }

    /** With a token that is valid for a while yet. */
    JsonHttp api() {
        if (signedIn.plus(TOKEN).isBefore(Instant.now())) {
            api = running.api(name);
            signedIn = Instant.now();
        }
        return api;
    }

    /** Asks once. Empty when there was no answer to rely on: the command may have taken effect or not. */
    Optional<JsonNode> asks(String method, String path, Object body, int... alsoRight) {
        asked++;
        try {
            return Optional.of(method.equals("GET") ? api().get(path) : api().send(method, path, body));
        } catch (HttpFailure e) {
            unanswered++;
            if (e.status() != 0 && e.status() < 500 && e.status() != 429 && !isOneOf(e.status(), alsoRight)) {
                strange.add(e.getMessage());
            }
            return Optional.empty();
        }
    }

    private static boolean isOneOf(int status, int... some) {
        return java.util.Arrays.stream(some).anyMatch(one -> one == status);
    }

    /** Asks again until there is an answer. */
    JsonNode insists(String method, String path, Object body) {
        return Awaitility.await(method + " " + path)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> asks(method, path, body), Optional::isPresent)
                .orElseThrow();
    }

    int asked() {
        return asked;
    }

    int unanswered() {
        return unanswered;
    }

    Collection<String> strange() {
        return strange;
    }
}
