package dev.afluente.connections.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class WebhookTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();
    private String id;

    @Test
    void bringsTheNewStateAndTellsItOnce() {
        connect("UPDATING");
        awaitOwnCheckPutOff();
        ScriptedPluggy.item(item, user, "UPDATED", THEN.plusSeconds(60))
                .put("nextAutoSyncAt", "2026-03-11T09:00:00.000Z");

        for (int i = 0; i < 5; i++) {
            Topic.webhook("item/updated", item);
        }

        awaitStatus("UPDATED");
        api.get(path()).then().body("next_sync", equalTo("2026-03-11T09:00:00Z"));
        awaitNoChecks();
        List<ConsumerRecord<String, String>> told = Topic.ofKey("banking.connections", 2, id);
        assertThat(told).hasSize(2);
        assertThat(Topic.header(told.get(1), "ce_type")).isEqualTo("dev.afluente.connection.changed.v1");
        assertThat(told.get(1).value()).contains("\"version\":2", "\"status\":\"UPDATED\"");
    }

    @Test
    void theTraceThatCameInAtTheDoorGoesOn() {
        // Settled, so that nothing but the notification can bring the change.
        connect("UPDATED");
        awaitNoChecks();
        ScriptedPluggy.item(item, user, "OUTDATED", THEN.plusSeconds(60));

        Topic.webhook("item/error", item);

        List<ConsumerRecord<String, String>> told = Topic.ofKey("banking.connections", 2, id);
        assertThat(Topic.header(told.get(1), "traceparent")).contains("11111111111111111111111111111111");
    }

    @Test
    void thatIsLateNeverMovesAStateBackwards() {
        connect("UPDATED");
        awaitNoChecks();
        // A reader behind a cache answers with what was true a minute ago.
        ScriptedPluggy.item(item, user, "UPDATING", THEN.minusSeconds(60));

        int before = ScriptedPluggy.calls("GET /items/" + item);

        Topic.webhook("item/updated", item);

        await().atMost(Duration.ofSeconds(20)).until(() -> ScriptedPluggy.calls("GET /items/" + item) > before);
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(5)).until(() -> status().equals("UPDATED"));
        assertThat(Topic.ofKey("banking.connections", 1, id)).hasSize(1);
    }

    @Test
    void askedWhileBeingAnsweredIsAskedAgain() {
        connect("UPDATED");
        awaitNoChecks();
        var held = ScriptedPluggy.hold("GET /items/" + item);
        int before = ScriptedPluggy.calls("GET /items/" + item);
        Topic.webhook("item/created", item);
        await().atMost(Duration.ofSeconds(20)).until(() -> ScriptedPluggy.calls("GET /items/" + item) > before);

        // The answer under way was written before this change; only its own notification tells it.
        ScriptedPluggy.item(item, user, "LOGIN_ERROR", THEN.plusSeconds(60))
                .put("error", new JsonObject().put("code", "INVALID_CREDENTIALS"));
        Topic.webhook("item/error", item);
        String asked = "SELECT attempts FROM tasks WHERE kind = 'CHECK' AND connection_id = ?";
        await().atMost(Duration.ofSeconds(20)).until(() -> "0".equals(Rows.text(asked, UUID.fromString(id))));
        held.countDown();

        awaitStatus("LOGIN_ERROR");
        api.get(path())
                .then()
                .body("action_required.kind", equalTo("login"))
                .body("action_required.reason", equalTo("INVALID_CREDENTIALS"))
                .body("status_reason", equalTo("INVALID_CREDENTIALS"));
    }

    @Test
    void aQuestionOfTheBankIsShown() {
        connect("UPDATING");
        ScriptedPluggy.item(item, user, "WAITING_USER_INPUT", THEN.plusSeconds(5))
                .put(
                        "parameter",
                        new JsonObject()
                                .put("name", "token")
                                .put("label", "Código SMS")
                                .put("type", "select")
                                .put("expiresAt", "2026-03-10T09:20:00.000Z")
                                .put(
                                        "options",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("value", "1")
                                                        .put("label", "SMS"))));
        Topic.webhook("item/waiting_user_input", item);

        awaitStatus("WAITING_USER_INPUT");
        api.get(path())
                .then()
                .body("action_required.kind", equalTo("mfa"))
                .body("action_required.parameter.name", equalTo("token"))
                .body("action_required.parameter.label", equalTo("Código SMS"))
                .body("action_required.parameter.options[0].value", equalTo("1"))
                .body("action_required.expires_at", equalTo("2026-03-10T09:20:00Z"));
    }

    @Test
    void ofADeletionRemovesTheConnectionOnceAndForAll() {
        connect("UPDATED");
        ScriptedPluggy.remove(item);

        Topic.webhook("item/deleted", item);
        Topic.webhook("item/deleted", item);

        await().atMost(Duration.ofSeconds(20)).until(() -> api.get(path()).statusCode() == 404);
        api.get(Api.CONNECTIONS).then().body("data.size()", equalTo(0));
        List<ConsumerRecord<String, String>> told = Topic.ofKey("banking.connections", 2, id);
        assertThat(told).hasSize(2);
        assertThat(Topic.header(told.get(1), "ce_type")).isEqualTo("dev.afluente.connection.removed.v1");
        ScriptedPluggy.item(item, user, "UPDATED", THEN.plusSeconds(60));
        api.createFromItem(item).then().statusCode(404);
        api.post(Api.CONNECTIONS + "/create_connect_token", "{\"item_id\":\"" + item + "\"}")
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 401, 400})
    void waitsForAPluggyThatIsNotThere(int status) {
        connect("UPDATING");
        ScriptedPluggy.item(item, user, "UPDATED", THEN.plusSeconds(60));
        Answer away = status == 429 ? new Answer(429, "{}", Map.of("RateLimit-Reset", "1")) : Answer.of(status, null);
        ScriptedPluggy.answer("GET /items/" + item, away);
        int before = ScriptedPluggy.calls("GET /items/" + item);
        Topic.webhook("item/updated", item);
        await().atMost(Duration.ofSeconds(20)).until(() -> ScriptedPluggy.calls("GET /items/" + item) > before);

        ScriptedPluggy.usual("GET /items/" + item);

        await().atMost(Duration.ofSeconds(40)).until(() -> {
            timePassesForWhoWaits();
            return status().equals("UPDATED");
        });
    }

    /** A task in somebody's hands is due later than any that waits. */
    private void timePassesForWhoWaits() {
        Rows.execute(
                "UPDATE tasks SET due_at = now() WHERE kind = 'CHECK' AND connection_id = ?"
                        + " AND due_at < now() + interval '30 seconds'",
                UUID.fromString(id));
    }

    @Test
    void ofAnItemNobodyConnectedIsIgnored() {
        Topic.webhook("item/updated", item);
        connect("UPDATED");
        Topic.webhook("transactions/created", item);

        awaitNoChecks();
        assertThat(Topic.ofKey("banking.connections", 1, id)).hasSize(1);
    }

    /** A notification between the provider's answer and our commit finds no connection: the new one asks once more. */
    @Test
    void thatComesTooEarlyIsMadeUpFor() {
        ScriptedPluggy.item(item, user, "UPDATING", THEN);
        var held = ScriptedPluggy.hold("GET /items/" + item);
        var creating = CompletableFuture.supplyAsync(() -> api.createFromItem(item));
        await().atMost(Duration.ofSeconds(20)).until(() -> ScriptedPluggy.calls("GET /items/" + item) == 1);
        ScriptedPluggy.item(item, user, "UPDATED", THEN.plusSeconds(60));
        Topic.webhook("item/updated", item);
        held.countDown();

        id = creating.join().path("id");

        awaitStatus("UPDATED");
    }

    private void connect(String status) {
        ScriptedPluggy.item(item, user, status, THEN);
        id = api.createFromItem(item).then().statusCode(201).extract().path("id");
    }

    private String path() {
        return Api.CONNECTIONS + "/" + id;
    }

    private String status() {
        return api.get(path()).path("status");
    }

    private void awaitStatus(String status) {
        await().atMost(Duration.ofSeconds(20)).until(() -> status.equals(status()));
    }

    /** The check that a new connection makes due by itself has been answered; the next is some seconds away. */
    private void awaitOwnCheckPutOff() {
        String later = "SELECT count(*) FROM tasks WHERE kind = 'CHECK' AND connection_id = ?"
                + " AND due_at BETWEEN now() + interval '5 seconds' AND now() + interval '20 seconds'";
        await().atMost(Duration.ofSeconds(20)).until(() -> Rows.count(later, UUID.fromString(id)) == 1);
    }

    private void awaitNoChecks() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Rows.count(
                                "SELECT count(*) FROM tasks WHERE kind = 'CHECK' AND connection_id = ?",
                                UUID.fromString(id))
                        == 0);
    }
}
