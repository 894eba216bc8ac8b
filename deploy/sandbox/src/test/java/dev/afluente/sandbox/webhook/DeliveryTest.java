package dev.afluente.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.pluggy.Client;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DeliveryTest {

    @TestHTTPResource
    String base;

    private final Receiver receiver = new Receiver();
    private Client pluggy;

    @BeforeEach
    void subscribe() {
        pluggy = Client.application(base);
        ObjectNode body = Json.object().put("event", "all").put("url", receiver.url());
        body.putObject("headers").put("X-Secret", "of-the-application");
        pluggy.ok("POST", "/webhooks", body);
    }

    @AfterEach
    void forget() {
        pluggy.ok("POST", "/sandbox/reset", Json.object());
        receiver.close();
    }

    private List<Receiver.Received> awaited(String event, String itemId, int count) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> receiver.of(event, itemId).size() >= count);
        return receiver.of(event, itemId);
    }

    @Test
    void theBodyIsSignedOverItsExactBytes() throws Exception {
        String item = pluggy.connected(2, "user-ok").get("id").asText();
        awaited("item/created", item, 1);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("sandbox-webhook-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        for (Receiver.Received one : receiver.all()) {
            assertThat(one.signature())
                    .isEqualTo(HexFormat.of().formatHex(mac.doFinal(one.body().getBytes(StandardCharsets.UTF_8))));
            assertThat(one.secret()).isEqualTo("of-the-application");
        }
    }

    @Test
    void aConnectionTellsOfItsLoginItsRowsAndItsEnd() {
        ObjectNode login = Client.login(2, "user-ok-40", "password-ok").put("clientUserId", "user-42");
        String item = pluggy.settled(
                        pluggy.ok("POST", "/items", login).get("id").asText())
                .get("id")
                .asText();
        JsonNode created = awaited("item/created", item, 1).get(0).json();
        assertThat(created.get("clientUserId").asText()).isEqualTo("user-42");
        assertThat(created.get("triggeredBy").asText()).isEqualTo("CLIENT");
        assertThat(created.get("clientId").asText()).isEqualTo("sandbox-client-id");
        assertThat(created.get("id").asText()).isEqualTo(item);
        awaited("item/login_succeeded", item, 1);
        JsonNode rows = awaited("transactions/created", item, 2).stream()
                .map(Receiver.Received::json)
                .filter(json -> json.get("transactionsCount").asInt() == 40)
                .findFirst()
                .orElseThrow();
        assertThat(pluggy.transactions("?accountId=" + rows.get("accountId").asText() + "&createdAtFrom="
                        + rows.get("transactionsCreatedAtFrom").asText()))
                .hasSize(40);
        pluggy.ok("DELETE", "/items/" + item, null);
        awaited("item/deleted", item, 1);
    }

    @Test
    void changedRowsAreNamed() {
        String item = pluggy.connected(2, "user-ok-1000").get("id").asText();
        ObjectNode ask = Json.object().put("add", 3).put("change", 900).put("remove", 50);
        JsonNode done = pluggy.ok("POST", "/sandbox/items/" + item + "/transactions", ask)
                .at("/accounts/0");
        List<Receiver.Received> updated = awaited("transactions/updated", item, 3);
        assertThat(updated)
                .hasSize(3)
                .allMatch(one -> one.json().get("transactionIds").size() <= 400);
        assertThat(updated.stream()
                        .flatMap(one -> texts(one.json().get("transactionIds")).stream())
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(texts(done.get("updated"))));
        assertThat(texts(awaited("transactions/deleted", item, 1).get(0).json().get("transactionIds")))
                .isEqualTo(texts(done.get("deleted")));
        awaited("item/updated", item, 1);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void silenceIsKeptWhereAsked() {
        String item = pluggy.connected(2, "user-ok-30").get("id").asText();
        awaited("item/created", item, 1);
        pluggy.ok(
                "POST",
                "/sandbox/items/" + item + "/transactions",
                Json.object().put("add", 1).put("notify", false));
        pluggy.ok(
                "POST",
                "/sandbox/items/" + item + "/transactions",
                Json.object().put("add", 2));
        List<Receiver.Received> news = awaited("item/updated", item, 1);
        assertThat(news).hasSize(1);
        assertThat(receiver.of("transactions/created", item).stream()
                        .map(one -> one.json().get("transactionsCount").asInt()))
                .contains(2)
                .doesNotContain(1);
    }

    @Test
    void theItemsOwnUrlGetsItsEventsWithoutTheHeaders() {
        try (Receiver own = new Receiver()) {
            ObjectNode login = Client.login(2, "user-ok-40", "password-ok").put("webhookUrl", own.url());
            String item = pluggy.ok("POST", "/items", login).get("id").asText();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> own.of("item/created", item).size() == 1);
            assertThat(own.all()).allMatch(one -> one.secret() == null && one.signature() != null);
        }
    }

    /** 3 at once, 3 after a scaled hour (360 ms), 3 after two (720 ms), and then it is lost. */
    @Test
    void aFailingDeliveryIsTriedNineTimes() {
        receiver.answer(one -> one.event().equals("item/created") ? 500 : 202);
        String item = pluggy.connected(2, "user-ok-40").get("id").asText();
        List<Receiver.Received> tries = awaited("item/created", item, 9);
        await().until(() ->
                pluggy.ok("/sandbox/deliveries").get("pending_count").asInt() == 0);
        assertThat(receiver.of("item/created", item)).hasSize(9);
        assertThat(tries).allMatch(one -> one.body().equals(tries.get(0).body()));
        assertThat(waited(tries, 2, 3)).isBetween(330L, 2000L);
        assertThat(waited(tries, 5, 6)).isBetween(690L, 3000L);
        assertThat(waited(tries, 0, 2)).isLessThan(330L);
    }

    private static long waited(List<Receiver.Received> tries, int from, int to) {
        return Duration.ofNanos(tries.get(to).nanos() - tries.get(from).nanos()).toMillis();
    }

    @Test
    void aLoginIsToldOfThreeTimesAtMost() {
        receiver.answer(one -> 503);
        String item = pluggy.connected(2, "user-ok-40").get("id").asText();
        awaited("item/created", item, 9);
        assertThat(receiver.of("item/login_succeeded", item)).hasSize(3);
    }

    @Test
    void a401IsNotTriedAgain() {
        receiver.answer(one -> 401);
        String item = pluggy.connected(2, "user-ok-40").get("id").asText();
        awaited("item/created", item, 1);
        await().until(() ->
                pluggy.ok("/sandbox/deliveries").get("pending_count").asInt() == 0);
        assertThat(receiver.of("item/created", item)).hasSize(1);
    }

    @Test
    void silenceCountsAsAFailure() {
        var first = new AtomicBoolean(true);
        receiver.answer(one -> one.event().equals("item/created") && first.getAndSet(false) ? 0 : 200);
        String item = pluggy.connected(2, "user-ok-40").get("id").asText();
        List<Receiver.Received> tries = awaited("item/created", item, 2);
        assertThat(waited(tries, 0, 1)).isGreaterThan(900);
    }

    @ParameterizedTest
    @CsvSource({"duplicate,2", "lose,0", "late,1"})
    void webhookFaultsDoAsTheySay(String kind, int count) {
        ObjectNode fault =
                Json.object().put("kind", kind).put("event", "item/created").put("times", 1);
        pluggy.ok("POST", "/sandbox/faults", fault.put("delay_ms", 300));
        String item = pluggy.connected(2, "user-ok-40").get("id").asText();
        awaited("transactions/created", item, 2);
        awaited("item/created", item, count);
        await().until(() ->
                pluggy.ok("/sandbox/deliveries").get("pending_count").asInt() == 0);
        List<Receiver.Received> got = receiver.of("item/created", item);
        assertThat(got).hasSize(count);
        assertThat(got.stream()
                        .map(one -> one.json().get("eventId").asText())
                        .distinct()
                        .count())
                .isEqualTo(Math.min(1, count));
    }

    @Test
    void aReorderedEventComesAfterTheNext() {
        String item = pluggy.connected(2, "user-ok-40").get("id").asText();
        awaited("item/created", item, 1);
        pluggy.ok(
                "POST",
                "/sandbox/faults",
                Json.object()
                        .put("kind", "reorder")
                        .put("event", "transactions/deleted")
                        .put("times", 1));
        pluggy.ok(
                "POST",
                "/sandbox/items/" + item + "/transactions",
                Json.object().put("remove", 1));
        awaited("transactions/deleted", item, 1);
        long updated = awaited("item/updated", item, 1).get(0).nanos();
        assertThat(receiver.of("transactions/deleted", item).get(0).nanos()).isGreaterThan(updated - 50_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "8"})
    void waitingForAPersonIsTold(int connector) {
        String item = pluggy.connected(connector, "user-ok-40").get("id").asText();
        awaited(connector == 4 ? "item/waiting_user_input" : "item/waiting_user_action", item, 1);
        JsonNode error = awaited("item/error", item, 1).get(0).json().get("error");
        assertThat(error.get("code").asText()).isEqualTo("USER_INPUT_TIMEOUT");
        assertThat(error.get("parameter").asText()).isEqualTo("token");
    }

    @Test
    void aBanksHealthIsTold() {
        pluggy.ok("POST", "/sandbox/connectors/201/status", Json.object().put("status", "UNSTABLE"));
        await().until(() -> !receiver.of("connector/status_updated", "").isEmpty());
        JsonNode body = receiver.of("connector/status_updated", "").get(0).json();
        assertThat(body.get("id").asText()).isEqualTo("201");
        assertThat(body.at("/data/status").asText()).isEqualTo("UNSTABLE");
        assertThat(pluggy.ok("/connectors/201").at("/health/status").asText()).isEqualTo("UNSTABLE");
    }
}
