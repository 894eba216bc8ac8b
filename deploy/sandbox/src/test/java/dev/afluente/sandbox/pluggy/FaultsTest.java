package dev.afluente.sandbox.pluggy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class FaultsTest {

    @TestHTTPResource
    String base;

    private Client pluggy;

    @BeforeEach
    void connect() {
        pluggy = Client.application(base);
    }

    @AfterEach
    void heal() {
        pluggy.ok("DELETE", "/sandbox/faults", null);
    }

    private void plant(ObjectNode fault) {
        pluggy.ok("POST", "/sandbox/faults", fault);
    }

    private static ObjectNode fault(String kind) {
        return Json.object().put("kind", kind).put("path", "/categories").put("method", "GET");
    }

    @Test
    void aStatusIsAnsweredAsOftenAsAsked() {
        plant(fault("status")
                .put("status", 503)
                .put("code_description", "PLANTED")
                .put("times", 2)
                .put("retry_after", 7));
        Client.Answer first = pluggy.get("/categories");
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.code()).isEqualTo("PLANTED");
        assertThat(first.response().headers().firstValue("Retry-After")).contains("7");
        assertThat(pluggy.get("/consents").status()).isEqualTo(400);
        assertThat(pluggy.get("/categories").status()).isEqualTo(503);
        assertThat(pluggy.get("/categories").status()).isEqualTo(200);
        assertThat(pluggy.ok("/sandbox/faults").at("/rules/0/taken").asInt()).isEqualTo(2);
    }

    @Test
    void aDelayDelays() {
        plant(fault("delay").put("delay_ms", 400));
        Instant before = Instant.now();
        assertThat(pluggy.get("/categories").status()).isEqualTo(200);
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(390));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "truncate"})
    void aBrokenConnectionBreaks(String kind) {
        plant(fault(kind));
        assertThatThrownBy(() -> pluggy.get("/categories")).isInstanceOf(UncheckedIOException.class);
        pluggy.ok("DELETE", "/sandbox/faults", null);
        assertThat(pluggy.get("/categories").status()).isEqualTo(200);
    }

    @Test
    void refusalsOfRateAndQuotaLookLikePluggys() {
        plant(fault("rate_limit").put("retry_after", 3).put("times", 1));
        Client.Answer rate = pluggy.get("/categories");
        assertThat(rate.status()).isEqualTo(429);
        assertThat(rate.response().headers().firstValue("Retry-After")).contains("3");
        assertThat(rate.response().headers().firstValue("RateLimit-Limit")).isPresent();
        assertThat(rate.response().headers().firstValue("RateLimit-Reset")).isPresent();
        plant(fault("quota").put("times", 1));
        Client.Answer quota = pluggy.get("/categories");
        assertThat(quota.status()).isEqualTo(423);
        assertThat(quota.code()).isEqualTo("OPEN_FINANCE_MONTHLY_LIMIT_REACHED");
    }

    @Test
    void aProbabilityIsKeptAndRepeats() {
        List<Integer> first = statuses();
        List<Integer> again = statuses();
        assertThat(first).isEqualTo(again).contains(200, 500);
    }

    private List<Integer> statuses() {
        pluggy.ok("DELETE", "/sandbox/faults", null);
        plant(fault("status").put("probability", 0.4).put("seed", 11));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            statuses.add(pluggy.get("/categories").status());
        }
        return statuses;
    }

    @Test
    void spoiltRowsStandAmongGoodOnesAndTheLedgerKnowsThem() {
        String item = pluggy.connected(2, "user-ok-600").get("id").asText();
        String account = pluggy.accounts(item).get(0).get("id").asText();
        List<JsonNode> good = pluggy.transactions("?accountId=" + account);
        plant(Json.object()
                .put("kind", "malformed_rows")
                .put("probability", 0.1)
                .put("seed", 5));
        List<JsonNode> spoilt = pluggy.transactions("?accountId=" + account);
        assertThat(spoilt).hasSize(600).isNotEqualTo(good);
        assertThat(pluggy.transactions("?accountId=" + account)).isEqualTo(spoilt);
        JsonNode ledger = pluggy.ok("/sandbox/ledger?item_id=" + item).at("/accounts/0");
        assertThat(ledger.get("transactions")).containsExactlyElementsOf(good);
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            if (!good.get(i).equals(spoilt.get(i))) {
                differing.add(good.get(i).get("id").asText());
            }
        }
        List<String> marked = new ArrayList<>();
        ledger.get("malformed").fieldNames().forEachRemaining(marked::add);
        assertThat(differing).hasSizeBetween(30, 100).containsExactlyInAnyOrderElementsOf(marked);
    }

    @Test
    void unknownKindsAreRefused() {
        assertThat(pluggy.post("/sandbox/faults", Json.object().put("kind", "meteorite"))
                        .status())
                .isEqualTo(400);
        assertThat(pluggy.post("/sandbox/faults", fault("status").put("probability", 2))
                        .status())
                .isEqualTo(400);
    }
}
