package dev.afluente.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.WriteProtection;
import dev.afluente.model.event.Topics;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL answers and takes no writes, for longer than a failure that nobody foresaw is tried again. */
@QuarkusTest
class ReadOnlyLedgerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration OUTAGE = Duration.ofSeconds(8);

    @Inject
    MeterRegistry metrics;

    private final WriteProtection protection = new WriteProtection("afluente_sync_test");

    @AfterEach
    void writable() {
        protection.end();
    }

    @Test
    void whatComesMeanwhileIsThereWhenItTakesWritesAgain() {
        String item = Sandbox.connect("user-ok-10", 2);
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        Person late = Person.somebody();
        String another = Sandbox.connect("user-ok-10", 2);
        String poison = "poison " + UUID.randomUUID();
        UUID released = UUID.randomUUID();
        List<String> told = IntStream.range(0, 10)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();

        protection.begin();
        told.forEach(id -> Stream.notified(id, "item/updated", item, "{}"));
        Stream.send(Topics.PLUGGY_WEBHOOKS, item, List.of(), poison);
        late.connects(another);
        Stream.send(late.releases(UUID.randomUUID()), released);
        await().atMost(PATIENCE).until(() -> List.of("notifications", "connections", "requests").stream()
                .allMatch(channel -> waiting(channel) >= OUTAGE.toSeconds()));
        String during = RestAssured.get("/q/metrics").asString();
        assertThat(RestAssured.get("/q/health/live").statusCode()).isEqualTo(200);
        protection.end();

        await().atMost(PATIENCE)
                .until(() -> Sql.number("SELECT count(*) FROM inbox WHERE event_id = ANY($1)", (Object)
                                told.toArray(String[]::new))
                        == told.size());
        await().atMost(PATIENCE).until(() -> inbox("convert_from(data, 'UTF8')", poison) == 1);
        await().atMost(PATIENCE).until(() -> inbox("event_id", released.toString()) == 1);
        late.awaitRuns(1);
        person.awaitRuns(2);
        assertThat(during)
                .containsPattern("afluente_intake_waiting_seconds\\{channel=\"notifications\"\\} [1-9]")
                .containsPattern("afluente_intake_waiting_seconds\\{channel=\"connections\"\\} [1-9]")
                .containsPattern("afluente_intake_waiting_seconds\\{channel=\"requests\"\\} [1-9]")
                // Who waits asks Kafka all the same, or its partitions would be given away.
                .containsPattern("afluente_intake_silent_seconds\\{channel=\"notifications\"\\} [0-7]\\.");
        RestAssured.get("/q/health/well").then().statusCode(200);
        // The record is in before the gauge knows.
        await().atMost(PATIENCE).until(() -> waiting("requests") == 0);
        assertThat(RestAssured.get("/q/metrics").asString())
                .containsPattern("afluente_intake_waiting_seconds\\{channel=\"requests\"\\} 0");
    }

    private double waiting(String channel) {
        Gauge gauge =
                metrics.find("afluente.intake.waiting").tag("channel", channel).gauge();
        return gauge == null ? 0 : gauge.value();
    }

    private static long inbox(String column, String value) {
        return Sql.number("SELECT count(*) FROM inbox WHERE " + column + " = $1 AND octet_length(data) < 1000", value);
    }
}
