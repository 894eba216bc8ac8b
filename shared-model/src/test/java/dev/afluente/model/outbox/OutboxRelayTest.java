package dev.afluente.model.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.model.event.ConnectionEvent;
import dev.afluente.model.event.contract.EventContract;
import dev.afluente.model.servers.Servers;
import io.vertx.mutiny.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay between a real PostgreSQL and a real Kafka, with everything in working order. */
class OutboxRelayTest {
    private final String topic = "relay-" + UUID.randomUUID();
    private OutboxDatabase database;

    @BeforeEach
    void lay() throws Exception {
        database = new OutboxDatabase("outbox_relay");
        Servers.kafka().createTopics(Set.of(topic));
    }

    @Test
    void carriesAnEventWhole() throws Exception {
        String connections = "banking.connections";
        Servers.kafka().createTopics(Set.of(connections));
        ConnectionEvent.Linked linked = new ConnectionEvent.Linked(
                "acme",
                "ana",
                UUID.randomUUID(),
                1,
                Instant.parse("2026-03-10T09:15:02Z"),
                new ConnectionEvent.Link("pluggy", "item-1", "Banco São João"));
        OutboxEntry entry = OutboxEntry.of(linked, OutboxDatabase.TRACE);
        try (RelayInstance instance = new RelayInstance(database);
                TopicReader reader = new TopicReader(connections)) {
            instance.pool()
                    .preparedQuery(OutboxEntry.INSERT)
                    .executeAndAwait(Tuple.from(List.of(
                            entry.eventId(),
                            entry.tenantId(),
                            entry.topic(),
                            entry.key(),
                            entry.type(),
                            entry.payload(),
                            entry.traceparent())));
            instance.relay().wake();
            ConsumerRecord<String, byte[]> record = await().atMost(ofSeconds(20))
                    .until(() -> ofKey(reader.events(), entry.key()), Optional::isPresent)
                    .orElseThrow();
            EventContract.assertWritten(record);
            assertThat(record.value()).isEqualTo(entry.payload().getBytes(UTF_8));
            assertThat(new String(record.headers().lastHeader("ce_id").value(), UTF_8))
                    .isEqualTo(entry.eventId().toString());
            assertThat(new String(record.headers().lastHeader("ce_source").value(), UTF_8))
                    .isEqualTo("/afluente/test");
            assertThat(new String(record.headers().lastHeader("traceparent").value(), UTF_8))
                    .isEqualTo(OutboxDatabase.TRACE);
            awaitDrained();
        }
    }

    private static Optional<ConsumerRecord<String, byte[]>> ofKey(
            List<ConsumerRecord<String, byte[]>> events, String key) {
        return events.stream().filter(event -> event.key().equals(key)).findFirst();
    }

    @Test
    void oneCallDrainsMoreThanABatch() throws Exception {
        database.writeMany(topic, 400, 4);
        try (RelayInstance instance = new RelayInstance(database);
                TopicReader reader = new TopicReader(topic)) {
            instance.relay().wake();
            awaitDrained();
            await().atMost(ofSeconds(10)).until(() -> reader.events().size() == 1_600);
            TopicReader.assertComplete(reader.events(), 400, 4);
            assertThat(reader.records()).isEqualTo(1_600);
        }
    }

    @Test
    void aRowThatCommitsLateIsNotSkipped() throws Exception {
        try (RelayInstance instance = new RelayInstance(database);
                TopicReader reader = new TopicReader(topic);
                Connection early = database.connect();
                Connection late = database.connect()) {
            late.setAutoCommit(false);
            OutboxDatabase.write(late, topic, "key-late", "1");
            OutboxDatabase.write(early, topic, "key-early", "1");
            instance.relay().wake();
            await().atMost(ofSeconds(20)).until(() -> reader.events().size() == 1);
            assertThat(reader.events().get(0).key()).isEqualTo("key-early");
            awaitDrained();
            late.commit();
            instance.relay().wake();
            await().atMost(ofSeconds(20)).until(() -> reader.events().size() == 2);
            assertThat(reader.events().get(1).key()).isEqualTo("key-late");
        }
    }

    @Test
    void orderPerKeyHoldsWithSeveralWritersAndRelays() throws Exception {
        int keys = 8;
        int perKey = 150;
        int writers = 6;
        database.run("INSERT INTO connection (id) SELECT 'key-' || k FROM generate_series(1, " + keys + ") k");
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<?>> written = new ArrayList<>();
        try (RelayInstance one = new RelayInstance(database);
                RelayInstance two = new RelayInstance(database);
                RelayInstance three = new RelayInstance(database);
                TopicReader reader = new TopicReader(topic)) {
            one.wakeEvery(ofMillis(7));
            two.wakeEvery(ofMillis(11));
            three.wakeEvery(ofMillis(13));
            for (int i = 0; i < writers; i++) {
                written.add(threads.submit(() -> {
                    write(perKey * keys / writers);
                    return null;
                }));
            }
            for (Future<?> writer : written) {
                writer.get(60, TimeUnit.SECONDS);
            }
            awaitDrained();
            await().atMost(ofSeconds(20)).until(() -> reader.events().size() == perKey * keys);
            assertThat(reader.events().stream().map(ConsumerRecord::key).distinct())
                    .hasSize(keys);
            assertInCommitOrder(reader.events());
            assertThat(reader.records())
                    .as("one relay at a time: nothing is sent twice without a failure")
                    .isEqualTo(perKey * keys);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Changes connections at random, each in a transaction that takes a while between its change and its commit. */
    private void write(int changes) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                PreparedStatement change = connection.prepareStatement(
                        "UPDATE connection SET version = version + 1 WHERE id = ? RETURNING version")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < changes; i++) {
                String key = "key-" + ThreadLocalRandom.current().nextInt(1, 9);
                change.setString(1, key);
                try (ResultSet changed = change.executeQuery()) {
                    changed.next();
                    OutboxDatabase.write(connection, topic, key, changed.getString(1));
                }
                statement.execute("SELECT pg_sleep(random() * 0.004)");
                connection.commit();
            }
        }
    }

    private static void assertInCommitOrder(List<ConsumerRecord<String, byte[]>> events) {
        events.stream().map(ConsumerRecord::key).distinct().forEach(key -> {
            List<Long> versions = events.stream()
                    .filter(event -> event.key().equals(key))
                    .map(event -> Long.valueOf(new String(event.value(), UTF_8)))
                    .toList();
            assertThat(versions).as(key).isSorted().doesNotHaveDuplicates();
            assertThat(versions.get(versions.size() - 1))
                    .as("nothing lost of %s", key)
                    .isEqualTo(versions.size());
        });
    }

    @Test
    void callsDuringAPassLeadToOneMore() throws Exception {
        database.meddleWithTheLock("PERFORM pg_sleep(1); RETURN pg_catalog.pg_advisory_unlock($1);");
        try (RelayInstance instance = new RelayInstance(database)) {
            instance.relay().wake();
            await().atMost(ofSeconds(20)).until(() -> database.passes() == 1);
            for (int i = 0; i < 100; i++) {
                instance.relay().wake();
            }
            await().atMost(ofSeconds(20)).until(() -> database.passes() == 2);
            await().during(ofSeconds(3)).atMost(ofSeconds(6)).until(() -> database.passes() == 2);
        }
    }

    @Test
    void callsDuringAPassThatFailsLeadToOneMore() throws Exception {
        database.meddleWithTheLock("PERFORM pg_sleep(1); RAISE 'no';");
        try (RelayInstance instance = new RelayInstance(database)) {
            instance.relay().wake();
            await().atMost(ofSeconds(20)).until(() -> database.passes() == 1);
            instance.relay().wake();
            await().atMost(ofSeconds(20)).until(() -> database.passes() == 2);
            await().during(ofSeconds(3)).atMost(ofSeconds(6)).until(() -> database.passes() == 2);
        }
    }

    @Test
    void whileAnotherHoldsTheLockNothingIsSentAndNothingSpins() throws Exception {
        database.meddleWithTheLock("RETURN pg_catalog.pg_advisory_unlock($1);");
        database.writeMany(topic, 1, 1);
        try (RelayInstance instance = new RelayInstance(database);
                TopicReader reader = new TopicReader(topic);
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_catalog.pg_advisory_lock(" + OutboxLock.KEY + ")");
            instance.relay().wake();
            await().atMost(ofSeconds(20)).until(() -> database.passes() == 1);
            await().during(ofSeconds(2)).atMost(ofSeconds(5)).until(() -> database.passes() == 1);
            assertThat(reader.events()).isEmpty();
            statement.execute("SELECT pg_catalog.pg_advisory_unlock_all()");
            instance.relay().wake();
            await().atMost(ofSeconds(20)).until(() -> reader.events().size() == 1);
        }
    }

    private void awaitDrained() {
        await().atMost(ofSeconds(30)).until(() -> database.number("SELECT count(*) FROM outbox") == 0);
    }
}
