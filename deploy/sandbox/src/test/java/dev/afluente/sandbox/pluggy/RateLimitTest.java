package dev.afluente.sandbox.pluggy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sandbox.http.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RateLimitTest.Limited.class)
class RateLimitTest {

    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

    public static class Limited implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sandbox.rate-limits.enabled", "true",
                    "sandbox.items.min-update-interval", "PT1H",
                    "sandbox.items.login-backoff", "PT15M",
                    "sandbox.webhooks.strict-urls", "true",
                    "sandbox.card-signs", "sandbox");
        }
    }

    @TestHTTPResource
    String base;

    private Client pluggy;

    @BeforeEach
    void connect() {
        Client.nobody(base).ok("POST", "/sandbox/reset", Json.object());
        pluggy = Client.application(base);
    }

    /** A window may end in between, so up to twice the limit may pass. */
    private Client.Answer firstRefusal(String method, String path, int limit) {
        for (int i = 0; i <= 2 * limit; i++) {
            Client.Answer answer = pluggy.call(method, path, method.equals("GET") ? null : Json.object());
            if (answer.status() == 429) {
                assertThat(i).isGreaterThanOrEqualTo(limit);
                return answer;
            }
        }
        throw new AssertionError("never refused");
    }

    @Test
    void updatesOfItemsAreLimitedTo20AMinute() {
        Client.Answer answer = firstRefusal("PATCH", "/items/" + UNKNOWN, 20);
        assertThat(answer.response().headers().firstValue("RateLimit-Limit")).contains("20");
        assertThat(answer.response().headers().firstValue("Retry-After")).contains("60");
        assertThat(Integer.parseInt(answer.response()
                        .headers()
                        .firstValue("RateLimit-Reset")
                        .orElseThrow()))
                .isBetween(1, 60);
        assertThat(answer.body().get("code").asInt()).isEqualTo(429);
        assertThat(answer.code()).isNull();
        pluggy.ok(
                "POST", "/sandbox/reset", Json.object().set("only", Json.array().add("rate_limits")));
        assertThat(pluggy.call("PATCH", "/items/" + UNKNOWN, Json.object()).status())
                .isEqualTo(404);
    }

    @Test
    void accountsAndTheirListShareOneCounter() {
        for (int i = 0; i < 180; i++) {
            pluggy.get("/accounts?itemId=" + UNKNOWN);
        }
        Client.Answer answer = null;
        for (int i = 0; i <= 540 && (answer == null || answer.status() != 429); i++) {
            answer = pluggy.get("/accounts/" + UNKNOWN);
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(pluggy.get("/accounts?itemId=" + UNKNOWN).status()).isEqualTo(429);
        assertThat(pluggy.get("/transactions/" + UNKNOWN).status()).isEqualTo(404);
    }

    @Test
    void anUpdateTooSoonIsRefusedWithTheTimeOfTheLast() {
        String id = pluggy.connected(2, "user-ok-20").get("id").asText();
        Client.Answer answer = pluggy.call("PATCH", "/items/" + id, Json.object());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY");
        assertThat(answer.body().at("/data/lastUpdatedAt"))
                .isEqualTo(pluggy.ok("/items/" + id).get("lastUpdatedAt"));
    }

    @Test
    void twoFailedLoginsInARowMustWait() {
        String id = pluggy.connected(2, "user-locked").get("id").asText();
        pluggy.ok("PATCH", "/items/" + id, Json.object());
        assertThat(pluggy.settled(id).get("consecutiveFailedLoginAttempts").asInt())
                .isEqualTo(2);
        Client.Answer answer = pluggy.call("PATCH", "/items/" + id, Json.object());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("TOO_MANY_CONSECUTIVE_LOGIN_FAILURES");
        assertThat(answer.body().at("/data/readableBackoffTime").asText()).isEqualTo("15 minutes");
    }

    @Test
    void strictUrlsAreRefusedOneByOne() {
        assertThat(message("http://hooks.example.com/x")).isEqualTo("Webhook url must be a https secured url");
        assertThat(message("https://10.0.0.1/x")).isEqualTo("Webhook url host can't be an IP address");
        assertThat(message("https://localhost/x")).contains("reserved/internal name");
        assertThat(message("https://hooks.example.com:8443/x")).contains("must be valid URL");
        assertThat(message("https://a:b@hooks.example.com/x")).contains("must be valid URL");
    }

    private String message(String url) {
        Client.Answer answer =
                pluggy.post("/webhooks", Json.object().put("event", "all").put("url", url));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isNull();
        return answer.body().get("message").asText();
    }

    @Test
    void cardsCanBeSignedAsInPluggysSandbox() {
        String id = pluggy.connected(2, "user-ok-20").get("id").asText();
        String card = pluggy.accounts(id).get(1).get("id").asText();
        assertThat(pluggy.transactions("?accountId=" + card))
                .allMatch(row -> row.get("type").asText().equals("CREDIT")
                        && row.get("category").isNull())
                .anyMatch(row -> row.get("amount").decimalValue().signum() < 0);
    }
}
