package dev.afluente.model.outbox;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.model.servers.Servers;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever breaks on the way, nothing is lost and the first occurrences of each key's events are in order. */
class OutboxFaultsTest {
    private static final int KEYS = 25;
    private static final int PER_KEY = 120;

    private final String topic = "faults-" + UUID.randomUUID();
    private OutboxDatabase database;

    @BeforeEach
    void lay() throws Exception {
        database = new OutboxDatabase("outbox_faults");
        Servers.kafka().createTopics(Set.of(topic));
        database.writeMany(topic, KEYS, PER_KEY);
    }

    @Test
    void theSessionIsKilledAgainAndAgain() throws Exception {
        try (RelayInstance one = new RelayInstance(database);
                RelayInstance two = new RelayInstance(database);
                TopicReader reader = new TopicReader(topic)) {
            one.wakeEvery(ofMillis(20));
            two.wakeEvery(ofMillis(30));
            long killed = 0;
            while (killed < 8) {
                killed += database.killHolder();
            }
            assertThat(remaining()).as("still to do after the last kill").isPositive();
            awaitAll(reader);
            await().atMost(ofSeconds(10)).until(() -> database.holders() == 0);
        }
    }

    @Test
    void postgresCrashesInTheMiddle() throws Exception {
        try (RelayInstance one = new RelayInstance(database);
                RelayInstance two = new RelayInstance(database);
                TopicReader reader = new TopicReader(topic)) {
            one.wakeEvery(ofMillis(50));
            two.wakeEvery(ofMillis(70));
            await().atMost(ofSeconds(30)).until(() -> reader.events().size() > KEYS);
            Servers.postgres().crash();
            Servers.postgres();
            awaitAll(reader);
        }
    }

    @Test
    void kafkaDiesInTheMiddleAndComesBack() throws Exception {
        try (RelayInstance one = new RelayInstance(database);
                RelayInstance two = new RelayInstance(database);
                TopicReader reader = new TopicReader(topic)) {
            one.wakeEvery(ofMillis(50));
            two.wakeEvery(ofMillis(70));
            await().atMost(ofSeconds(30)).until(() -> reader.events().size() > KEYS);
            Servers.kafka().kill();
            assertThat(remaining()).as("still to do when Kafka died").isPositive();
            Servers.kafka();
            awaitAll(reader);
        }
    }

    @Test
    void kafkaThatIsNotThereCostsOnePassAndKeepsEverything() throws Exception {
        database.meddleWithTheLock("RETURN pg_catalog.pg_advisory_unlock($1);");
        long before = remaining();
        try (RelayInstance instance = new RelayInstance(database, Map.of("bootstrap.servers", "127.0.0.1:1"));
                RelayInstance healthy = new RelayInstance(database);
                TopicReader reader = new TopicReader(topic)) {
            instance.relay().wake();
            await().atMost(ofSeconds(20)).until(() -> database.holders() == 1);
            await().atMost(ofSeconds(20)).until(() -> database.holders() == 0);
            await().during(ofSeconds(2)).atMost(ofSeconds(5)).until(() -> database.passes() == 1);
            assertThat(remaining()).isEqualTo(before);
            healthy.relay().wake();
            awaitAll(reader);
        }
    }

    private void awaitAll(TopicReader reader) {
        await().atMost(ofSeconds(90)).until(() -> reader.events().size() == KEYS * PER_KEY);
        TopicReader.assertComplete(reader.events(), KEYS, PER_KEY);
        await().atMost(ofSeconds(30)).until(() -> remaining() == 0);
    }

    private long remaining() throws Exception {
        return database.number("SELECT count(*) FROM outbox");
    }
}
