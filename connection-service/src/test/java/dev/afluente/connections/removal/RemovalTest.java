package dev.afluente.connections.removal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.KeptTask;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.TraceParent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RemovalTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();
    private final String deletion = "DELETE /items/" + item;
    private String id;

    @BeforeEach
    void connect() {
        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        id = api.createFromItem(item).then().statusCode(201).extract().path("id");
    }

    @Test
    void isSeenAtOnceAndRevokedAtTheProvider() {
        delete(api, id).then().statusCode(204);

        api.get(path()).then().statusCode(404).body("code", equalTo("connection_not_found"));
        api.get(Api.CONNECTIONS).then().body("data.size()", equalTo(0));
        awaitRevoked();
        assertThat(ScriptedPluggy.calls(deletion)).isEqualTo(1);
        assertThat(told()).containsExactly("dev.afluente.connection.linked.v1", "dev.afluente.connection.removed.v1");
        assertThat(Rows.count("SELECT count(*) FROM tasks WHERE connection_id = ?", UUID.fromString(id)))
                .isZero();
    }

    @Test
    void isRepeatableAndOneAtATime() {
        List<CompletableFuture<Integer>> calls = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> delete(api, id).statusCode()))
                .limit(10)
                .toList();
        assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(204);
        awaitRevoked();
        String revokedAt = api.get(path() + "/removal").path("revoked_at");

        delete(api, id).then().statusCode(204);
        api.request().delete(path() + "/").then().statusCode(204);

        api.get(path() + "/removal").then().body("revoked_at", equalTo(revokedAt));
        assertThat(ScriptedPluggy.calls(deletion)).isEqualTo(1);
        assertThat(told()).hasSize(2);
    }

    @Test
    void ofSomebodyElsesAndOfNothingAnswersTheSame() {
        String unknown = delete(api, UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .extract()
                .asString();

        assertThat(unknown).contains("connection_not_found");
        assertThat(delete(Api.of(Api.someone()), id).asString()).isEqualTo(unknown);
        assertThat(delete(Api.of("acme", user), id).asString()).isEqualTo(unknown);
        assertThat(delete(api, "nonsense").asString()).isEqualTo(unknown);
        assertThat(api.get(path() + "/removal").asString()).isEqualTo(unknown);
        api.get(path()).then().statusCode(200);
        delete(api, id);
        assertThat(delete(Api.of(Api.someone()), id).asString()).isEqualTo(unknown);
        assertThat(Api.of(Api.someone()).get(path() + "/removal").asString()).isEqualTo(unknown);
    }

    @Test
    void isCompletedWhenTheProviderIsBack() {
        another();
        // It says no and does it all the same: what happened is only found out by asking again.
        ScriptedPluggy.answer(deletion, Answer.of(503, null));

        delete(api, id).then().statusCode(204);

        api.get(path()).then().statusCode(404);
        await().atMost(Duration.ofSeconds(20)).until(() -> ScriptedPluggy.calls(deletion) >= 2);
        api.get(path() + "/removal")
                .then()
                .statusCode(200)
                .body("removed_at", notNullValue())
                .body("revoked_at", nullValue());
        ScriptedPluggy.usual(deletion);
        awaitRevoked();
    }

    /** As after a crash between the provider's answer and our commit: it knows the link no more, and knows the others. */
    @Test
    void thatTheProviderHasDoneAlreadyIsDone() {
        another();
        ScriptedPluggy.remove(item);

        delete(api, id).then().statusCode(204);

        awaitRevoked();
    }

    @Test
    void isTakenOverFromAnInstanceThatWasKilled() {
        String left = "SELECT count(*) FROM tasks WHERE kind = 'REVOKE' AND connection_id = ?";
        UUID living = UUID.fromString(another());
        UUID killed = UUID.fromString(id);
        for (UUID each : List.of(living, killed)) {
            delete(api, each.toString()).then().statusCode(204);
            await().atMost(Duration.ofSeconds(20)).until(() -> Rows.count(left, each) == 0);
        }
        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        String taken = "INSERT INTO tasks (tenant_id, connection_id, kind, due_at, attempts, traceparent, alive_until)"
                + " SELECT tenant_id, id, 'REVOKE', now() + interval '1 minute', 1, ?, now() + ?::interval"
                + " FROM connections WHERE id = ?";
        Rows.execute(taken, TraceParent.fresh().toString(), "1 hour", living);
        Rows.execute(taken, TraceParent.fresh().toString(), "-1 s", killed);

        await().atMost(Duration.ofSeconds(20)).until(() -> Rows.count(left, killed) == 0);
        assertThat(Rows.count(left + " AND attempts = 1", living))
                .as("what one that lives has taken")
                .isOne();
    }

    @Test
    void isKeptWhileItTakesItsTime() throws SQLException {
        ScriptedPluggy.hold(deletion);
        delete(api, id).then().statusCode(204);
        await().atMost(Duration.ofSeconds(20)).until(() -> ScriptedPluggy.calls(deletion) == 1);

        KeptTask.awaitTold(UUID.fromString(id), "REVOKE", () -> ScriptedPluggy.release(deletion));

        awaitRevoked();
        assertThat(ScriptedPluggy.calls(deletion)).isEqualTo(1);
    }

    @Test
    void isNotBelievedDoneByAProviderThatKnowsNothing() {
        another();
        ScriptedPluggy.reset();

        delete(api, id).then().statusCode(204);

        await().atMost(Duration.ofSeconds(20)).until(() -> ScriptedPluggy.calls(deletion) >= 1);
        String waiting = "SELECT count(*) FROM tasks WHERE connection_id = ? AND kind = 'REVOKE'"
                + " AND due_at < now() + interval '40 seconds'";
        await().atMost(Duration.ofSeconds(20)).until(() -> Rows.count(waiting, UUID.fromString(id)) == 1);
        api.get(path() + "/removal").then().body("revoked_at", nullValue());
    }

    @Test
    void byAnAccountIsByItsConnection() {
        UUID account = UUID.randomUUID();
        String path = "/api/banking/pluggy/accounts/" + account + "/disconnect";
        String unknown =
                api.request().post(path).then().statusCode(404).extract().asString();
        assertThat(unknown).contains("account_not_found");
        finished(List.of(UUID.randomUUID(), account));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> Rows.count("SELECT count(*) FROM connection_accounts WHERE account_id = ?", account) == 1);
        assertThat(Api.of(Api.someone()).request().post(path).asString()).isEqualTo(unknown);
        assertThat(Api.of("acme", user).request().delete(path).asString()).isEqualTo(unknown);
        api.request().post(path).then().statusCode(204);

        api.get(path()).then().statusCode(404);
        api.request().delete(path + "/").then().statusCode(204);
        awaitRevoked();
    }

    @Test
    void byAnAccountTakesTheConnectionsIdAsWell() {
        api.request()
                .delete("/api/banking/pluggy/accounts/" + id + "/disconnect")
                .then()
                .statusCode(204);

        api.get(path()).then().statusCode(404);
    }

    private String another() {
        String other = UUID.randomUUID().toString();
        ScriptedPluggy.item(other, user, "UPDATED", THEN);
        String made = api.createFromItem(other).then().statusCode(201).extract().path("id");
        // Seen again after the other one was made, as every connection is again and again.
        api.get(path() + "/check_status").then().statusCode(200);
        return made;
    }

    private void finished(List<UUID> accounts) {
        SyncFinished run = new SyncFinished(
                "default",
                UUID.fromString(id),
                UUID.randomUUID(),
                "WEBHOOK",
                "SUCCEEDED",
                null,
                THEN,
                THEN,
                new SyncFinished.Counts(3, 1, 0, 2, 5),
                accounts,
                null);
        CloudEvent attributes = new CloudEvent(
                UUID.randomUUID().toString(),
                "/afluente/sync-service",
                EventFormat.type(run),
                id,
                Instant.now(),
                TraceParent.fresh());
        Topic.write(Topics.SYNC_RESULTS, id, EventFormat.write(run).getBytes(UTF_8), attributes.headers());
    }

    private static Response delete(Api api, String id) {
        return api.request().delete(Api.CONNECTIONS + "/" + id);
    }

    private List<String> told() {
        return Topic.ofKey(Topics.CONNECTIONS, 2, id).stream()
                .map(record -> Topic.header(record, "ce_type"))
                .toList();
    }

    private void awaitRevoked() {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> api.get(path() + "/removal").path("revoked_at") != null);
    }

    private String path() {
        return Api.CONNECTIONS + "/" + id;
    }
}
