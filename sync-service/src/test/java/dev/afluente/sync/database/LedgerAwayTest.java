package dev.afluente.sync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.embedded.process.Signals;
import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.sync.support.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** PostgreSQL is there and somebody else is in the way, or it says nothing at all; the fault matrix shows more of the latter. */
@QuarkusTest
class LedgerAwayTest {
    private static final String DATABASE = "afluente_sync_test";
    private static final String READY = "/q/health/ready";

    /** The 2 s that readiness waits, and what a busy machine adds. */
    private static final Duration NOT_READY = Duration.ofSeconds(5);

    @Test
    void whatSomebodyElseHoldsIsNotNowAndNoDefect() throws SQLException {
        Person person = Person.somebody();
        // A program's first request loads classes, which is not the time that is asked about.
        person.get("/api/banking/categories").then().statusCode(200);
        try (Connection holder = PostgresResource.server().databases().connect(DATABASE);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE category IN ACCESS EXCLUSIVE MODE");
            long began = System.nanoTime();
            person.get("/api/banking/categories")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", equalTo("5"))
                    .body("code", equalTo("storage_unavailable"));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(7));
            RestAssured.get(READY).then().statusCode(200);
            holder.rollback();
        }
        person.get("/api/banking/categories").then().statusCode(200);
    }

    /** An orchestrator's patience is short, and a request's deadline is not what it waits for. */
    @Test
    void aServerThatFallsSilentMakesItNotReadyAtOnce() throws Exception {
        RestAssured.get(READY).then().statusCode(200);
        List<ProcessHandle> server = ProcessHandle.of(PostgresResource.server().pid()).stream()
                .flatMap(main -> Stream.concat(Stream.of(main), main.descendants()))
                .toList();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + READY))
                .timeout(NOT_READY.multipliedBy(3))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            signal(server, "STOP");
            long began = System.nanoTime();

            assertThat(client.send(ready, BodyHandlers.ofString()).statusCode()).isEqualTo(503);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(NOT_READY);
        } finally {
            signal(server, "CONT");
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> RestAssured.get(READY).statusCode() == 200);
    }

    private static void signal(List<ProcessHandle> processes, String name) throws IOException {
        for (ProcessHandle process : processes) {
            Signals.send(process, name);
        }
    }
}
