package dev.afluente.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.model.event.Topics;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IntakeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void oneEventDeliveredManyTimesAtOnceHasOneEffect() {
        String item = Sandbox.connect("user-ok-50");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);

        String id = UUID.randomUUID().toString();
        CompletableFuture<?>[] deliveries = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.runAsync(() -> Stream.notified(id, "item/updated", item, "{}")))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(deliveries).join();
        person.awaitRuns(2);
        String last = UUID.randomUUID().toString();
        Stream.notified(last, "item/deleted", item, "{}");
        await().atMost(PATIENCE).until(() -> state(last) != null);

        assertThat(count("SELECT count(*) FROM inbox WHERE event_id = $1", id)).isEqualTo(1);
        assertThat(person.runs()).hasSize(2);
    }

    @Test
    void anItemToldInCapitalsIsTheSameItem() {
        String item = Sandbox.connect("user-ok-10", 2);
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        String id = UUID.randomUUID().toString();

        Stream.notified(id, "item/updated", item.toUpperCase(Locale.ROOT), "{}");

        await().atMost(PATIENCE).until(() -> state(id) != null);
        assertThat(state(id)).isNotEqualTo("WAITING");
        person.awaitRuns(2);
    }

    @Test
    void poisonIsSetAsideAndWhatComesAfterItArrives() {
        String item = Sandbox.connect("user-ok-50");
        String key = UUID.randomUUID().toString();
        Stream.send(Topics.PLUGGY_WEBHOOKS, key, List.of(), "no headers at all");
        Stream.send(Topics.PLUGGY_WEBHOOKS, key, List.of(new RecordHeader("ce_id", new byte[] {(byte) 0xff, 0})), null);
        Stream.notified("bad\0id", "item/updated", item, "{}");
        Stream.send(Topics.CONNECTIONS, key, List.of(), "{");
        Stream.notified(UUID.randomUUID().toString(), "something/new", item, "not even json");

        Person person = Person.somebody().connects(item);
        Stream.notified("transactions/updated", item);

        assertThat(person.awaitRuns(1)).containsEntry("status", "SUCCEEDED");
        person.seesExactly(Sandbox.ledger(item));
        await().atMost(PATIENCE)
                .until(() -> count("SELECT count(*) FROM inbox WHERE state = 'DEAD' AND $1 <> ''", "x") >= 4);
    }

    @Test
    void whatComesWhilePostgresqlIsAwayIsThereWhenItIsBack() {
        String item = Sandbox.connect("user-ok-300");
        Person person = Person.somebody();
        PostgresResource.server().stop();
        try {
            person.connects(item);
            Stream.notified("item/updated", item);
            await().atMost(PATIENCE).until(() -> ready() == 503);
            person.get("/api/banking/accounts").then().statusCode(503);
            assertThat(person.get("/api/banking/transactions").jsonPath().getString("code"))
                    .isEqualTo("storage_unavailable");
            assertThat(RestAssured.get("/q/health/live").statusCode()).isEqualTo(200);
        } finally {
            PostgresResource.server().start();
        }

        await().atMost(PATIENCE).until(() -> ready() == 200);
        person.awaitRuns(1);
        person.seesExactly(Sandbox.ledger(item));
    }

    @Test
    void theLedgerIsReadableWhileKafkaIsAwayAndGoesOnWhenItIsBack() {
        String item = Sandbox.connect("user-ok-300");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        KafkaResource.server().stop();
        try {
            person.seesExactly(Sandbox.ledger(item));
            assertThat(ready()).isEqualTo(200);
        } finally {
            KafkaResource.server().start();
        }

        Sandbox.changeAndTell(item, Map.of("add", 3));
        person.comesToSee(item);
    }

    @Test
    void aRemovedConnectionIsNotReadAnyMore() {
        String item = Sandbox.connect("user-ok-50");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        Stream.removed(person.tenant, person.user, person.connection, item);
        await().atMost(PATIENCE)
                .until(() -> count("SELECT count(*) FROM link WHERE link_id = $1 AND removed", item) == 1);

        String id = UUID.randomUUID().toString();
        Stream.notified(id, "item/updated", item, "{}");

        await().atMost(PATIENCE).until(() -> "WAITING".equals(state(id)));
        assertThat(person.runs()).hasSize(1);
    }

    private static int ready() {
        return RestAssured.get("/q/health/ready").statusCode();
    }

    private String state(String eventId) {
        var rows = Sql.run("SELECT state FROM inbox WHERE event_id = $1", eventId);
        return rows.size() == 0 ? null : rows.iterator().next().getString(0);
    }

    private long count(String sql, String value) {
        return Sql.number(sql, value);
    }
}
