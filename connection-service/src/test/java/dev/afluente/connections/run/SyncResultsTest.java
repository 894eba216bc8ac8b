package dev.afluente.connections.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.TraceParent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SyncResultsTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");
    private static final String TYPE = "dev.afluente.sync.finished.v1";

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private String id;

    @BeforeEach
    void connect() {
        String item = UUID.randomUUID().toString();
        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        id = api.createFromItem(item).path("id");
    }

    @Test
    void theLastEndStaysInWhateverOrderTheyCome() {
        write(finished(THEN.plusSeconds(10), "PARTIAL", "product_failed"));
        write(finished(THEN.plusSeconds(20), "SUCCEEDED", null));
        write(finished(THEN, "FAILED", "provider_unavailable"));
        write(finished(THEN.plusSeconds(15), "NEEDS_USER", "login"));

        awaitRun("SUCCEEDED");
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).until(() -> run().equals("SUCCEEDED"));
        api.get(path())
                .then()
                .body("last_sync.finished_at", equalTo("2026-03-10T09:15:23Z"))
                .body("last_sync.started_at", equalTo("2026-03-10T09:15:00Z"))
                .body("last_sync.reason", equalTo(null))
                .body("last_sync.counts.imported", equalTo(3))
                .body("last_sync.counts.set_aside", equalTo(5));
        // Nobody is told what they told us.
        assertThat(Topic.ofKey(Topics.CONNECTIONS, 1, id)).hasSize(1);
    }

    @Test
    void poisonIsSetAsideWithoutItsContentAndTheChannelGoesOn() {
        List<Header> headers = headers(TYPE);
        List<byte[]> poison = List.of(
                "not json CANARY".getBytes(UTF_8),
                "[]".getBytes(UTF_8),
                "null".getBytes(UTF_8),
                ("{\"tenant_id\":\"default\",\"connection_id\":\"" + id + "\",\"run_id\":\"CANARY\"}").getBytes(UTF_8),
                ("{\"tenant_id\":\"default\",\"connection_id\":\"" + id + "\"}").getBytes(UTF_8),
                ("{\"tenant_id\":\"a\\u0000CANARY\",\"connection_id\":\"" + id + "\",\"run_id\":\"" + id
                                + "\",\"status\":\"FAILED\",\"finished_at\":\"2026-03-10T09:15:03Z\"}")
                        .getBytes(UTF_8),
                new byte[0]);
        int before = letters();
        poison.forEach(value -> Topic.write(Topics.SYNC_RESULTS, id, value, headers));
        Topic.write(Topics.SYNC_RESULTS, id, null, headers);
        Topic.write(Topics.SYNC_RESULTS, id, "{}".getBytes(UTF_8), List.of());
        Topic.write(Topics.SYNC_RESULTS, id, "{}".getBytes(UTF_8), headers("dev.afluente.from-the-future.v9"));
        write(finished(THEN, "SUCCEEDED", null));

        awaitRun("SUCCEEDED");
        var letters = Topic.await(Topics.CONNECTIONS_DEAD_LETTERS, before + 9, record -> true);
        assertThat(letters).hasSize(before + 9);
        assertThat(letters).noneMatch(letter -> letter.value().contains("CANARY"));
        assertThat(letters).allMatch(letter -> letter.value().contains("\"reason\""));
        RestAssured.get("/q/health/live").then().statusCode(200);
        RestAssured.get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void theRunOfAConnectionThatIsNotHereIsIgnored() {
        SyncFinished known = finished(THEN, "SUCCEEDED", null);
        write(new SyncFinished(
                "default",
                UUID.randomUUID(),
                known.runId(),
                "WEBHOOK",
                "FAILED",
                null,
                THEN,
                THEN,
                known.counts(),
                List.of(),
                null));
        write(new SyncFinished(
                "acme",
                known.connectionId(),
                UUID.randomUUID(),
                "WEBHOOK",
                "FAILED",
                null,
                THEN,
                THEN.plusSeconds(99),
                known.counts(),
                List.of(),
                null));
        write(known);

        awaitRun("SUCCEEDED");
    }

    private int letters() {
        String sql = "SELECT count(*) FROM outbox";
        await().atMost(Duration.ofSeconds(20)).until(() -> Rows.count(sql) == 0);
        return Topic.await(Topics.CONNECTIONS_DEAD_LETTERS, 0, record -> true).size();
    }

    private SyncFinished finished(Instant at, String status, String reason) {
        return new SyncFinished(
                "default",
                UUID.fromString(id),
                UUID.randomUUID(),
                "WEBHOOK",
                status,
                reason,
                THEN.minusSeconds(3),
                at,
                new SyncFinished.Counts(3, 1, 0, 2, 5),
                List.of(),
                null);
    }

    private void write(SyncFinished event) {
        Topic.write(Topics.SYNC_RESULTS, id, EventFormat.write(event).getBytes(UTF_8), headers(TYPE));
    }

    private List<Header> headers(String type) {
        return new CloudEvent(
                        UUID.randomUUID().toString(),
                        "/afluente/sync-service",
                        type,
                        id,
                        Instant.now(),
                        TraceParent.fresh())
                .headers();
    }

    private String path() {
        return Api.CONNECTIONS + "/" + id;
    }

    private String run() {
        String status = api.get(path()).path("last_sync.status");
        return status == null ? "" : status;
    }

    private void awaitRun(String status) {
        await().atMost(Duration.ofSeconds(20)).until(() -> run().equals(status));
    }
}
