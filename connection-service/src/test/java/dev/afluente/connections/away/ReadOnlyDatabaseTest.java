package dev.afluente.connections.away;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.embedded.testing.WriteProtection;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.TraceParent;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL answers and takes no writes, for longer than a failure that nobody foresaw is tried again. */
@QuarkusTest
class ReadOnlyDatabaseTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration OUTAGE = Duration.ofSeconds(8);

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();
    private final WriteProtection protection = new WriteProtection(DATABASE);

    @Inject
    MeterRegistry metrics;

    @AfterEach
    void writable() {
        protection.end();
    }

    @Test
    void noRecordIsPassedOverMeanwhile() {
        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        String path = Api.CONNECTIONS + "/" + api.createFromItem(item).path("id");
        ScriptedPluggy.item(item, user, "LOGIN_ERROR", THEN.plusSeconds(60))
                .put("error", new JsonObject().put("code", "INVALID_CREDENTIALS"));

        protection.begin();
        Topic.webhook("item/error", item);
        finished(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
        Topic.write(Topics.SYNC_RESULTS, item, new byte[] {1}, List.of());
        await().atMost(PATIENCE)
                .until(() -> metrics.get("afluente.intake.waiting").gauge().value() >= OUTAGE.toSeconds());
        assertThat(RestAssured.get("/q/metrics").asString()).containsPattern("afluente_intake_waiting_seconds [1-9]");
        RestAssured.get("/q/health/live").then().statusCode(200);
        writable();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> "SUCCEEDED"
                .equals(api.get(path).path("last_sync.status")));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> "LOGIN_ERROR"
                .equals(api.get(path).path("status")));
        // The unreadable record is the last of the three to be laid aside.
        await().atMost(PATIENCE)
                .until(() -> metrics.get("afluente.intake.waiting").gauge().value() == 0);
        assertThat(RestAssured.get("/q/metrics").asString()).containsPattern("afluente_intake_waiting_seconds 0");
        RestAssured.get("/q/health/live").then().statusCode(200);
    }

    private static void finished(UUID connection) {
        SyncFinished run = new SyncFinished(
                "default",
                connection,
                UUID.randomUUID(),
                "WEBHOOK",
                "SUCCEEDED",
                null,
                THEN,
                THEN.plusSeconds(9),
                new SyncFinished.Counts(1, 0, 0, 0, 0),
                List.of(),
                null);
        CloudEvent attributes = new CloudEvent(
                UUID.randomUUID().toString(),
                "/afluente/sync-service",
                EventFormat.type(run),
                connection.toString(),
                Instant.now(),
                TraceParent.fresh());
        Topic.write(
                Topics.SYNC_RESULTS,
                connection.toString(),
                EventFormat.write(run).getBytes(StandardCharsets.UTF_8),
                attributes.headers());
    }
}
