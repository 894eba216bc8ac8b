package dev.afluente.connections.away;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Held;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.embedded.process.Signals;
import dev.afluente.embedded.testing.PostgresResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseAwayTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();

    @AfterEach
    void backAgain() {
        PostgresResource.server().start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> RestAssured.get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void requestsAreToldToComeAgainAndNotificationsWait() {
        ScriptedPluggy.item(item, user, "UPDATING", THEN);
        String id = api.createFromItem(item).path("id");
        ScriptedPluggy.item(item, user, "UPDATED", THEN.plusSeconds(60));

        PostgresResource.server().crash();

        api.get(Api.CONNECTIONS)
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("5"))
                .body("code", equalTo("storage_unavailable"));
        api.createFromItem(item).then().statusCode(503).body("code", equalTo("storage_unavailable"));
        Topic.webhook("item/updated", item);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> RestAssured.get("/q/health/ready").statusCode() == 503);
        RestAssured.get("/q/health/live").then().statusCode(200);
        // What cannot be counted is not given out.
        api.post(Api.CONNECTIONS + "/create_connect_token", "{}")
                .then()
                .statusCode(503)
                .body("code", equalTo("storage_unavailable"));

        PostgresResource.server().start();

        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> "UPDATED"
                .equals(api.get(Api.CONNECTIONS + "/" + id).path("status")));
        RestAssured.get("/q/health/live").then().statusCode(200);
    }

    @Test
    void aRowSomebodyHoldsEndsInAnAnswer() throws SQLException {
        ScriptedPluggy.item(item, user, "UPDATING", THEN);
        api.createFromItem(item).then().statusCode(201);
        Held row = Held.by("SELECT 1 FROM connections WHERE link_id = ? FOR UPDATE", item);
        try (row) {
            long began = System.nanoTime();
            api.createFromItem(item).then().statusCode(503).body("code", equalTo("storage_unavailable"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(13));
        }
        api.createFromItem(item).then().statusCode(200);
    }

    @Test
    void aServerThatFallsSilentIsAnsweredForAndForgotten() throws IOException {
        api.get(Api.CONNECTIONS).then().statusCode(200);
        List<ProcessHandle> server = Stream.concat(
                        ProcessHandle.of(PostgresResource.server().pid()).stream(),
                        ProcessHandle.of(PostgresResource.server().pid()).stream()
                                .flatMap(ProcessHandle::descendants))
                .toList();
        try {
            signal(server, "STOP");
            List<CompletableFuture<Response>> calls = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> api.get(Api.CONNECTIONS)))
                    .limit(8)
                    .toList();
            long began = System.nanoTime();
            calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(503));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            RestAssured.get("/q/health/live").then().statusCode(200);
            RestAssured.get("/q/health/ready").then().statusCode(503);
        } finally {
            signal(server, "CONT");
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> api.get(Api.CONNECTIONS).statusCode() == 200);
    }

    private static void signal(List<ProcessHandle> processes, String name) throws IOException {
        for (ProcessHandle process : processes) {
            Signals.send(process, name);
        }
    }

    @Test
    void everyConnectionBoundsItself() {
        ScriptedPluggy.item(item, user, "UPDATING", THEN);
        api.createFromItem(item).then().statusCode(201);
        // As seen by the server: sessions of the service that are not plain defaults.
        assertThat(Rows.count("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'connection-service'"))
                .isPositive();
        assertThat(Rows.count("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'connection-service'"
                        + " AND state LIKE 'idle in transaction%' AND state_change < now() - interval '5 seconds'"))
                .isZero();
    }
}
