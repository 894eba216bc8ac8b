package dev.afluente.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/**
 * Proof 3: three consumers of the service take records while strangers join their group, hold partitions and leave without
 * a commit. Each connection's events enter the inbox in their order, none is lost, and what cannot be read is set aside.
 */
@QuarkusTest
class RebalanceTest {
    private static final boolean FULL = "full".equals(System.getProperty("proofs"));
    private static final int RECORDS = FULL ? 100_000 : 5_000;
    private static final int LINKS = 200;
    private static final int PARTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(FULL ? 900 : 90);

    private final String run = "rebalance-" + UUID.randomUUID();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger rebalances = new AtomicInteger();

    @Test
    void orderAndPoisonUnderForcedRebalances() {
        long seed = Long.getLong("seed", 3);
        observeInserts();
        ExecutorService strangers = Executors.newFixedThreadPool(2);
        try {
            strangers.execute(this::joinAndLeave);
            strangers.execute(this::joinAndLeave);
            int poison = send(new Random(seed));
            int good = RECORDS - poison;
            await().atMost(PATIENCE).until(() -> inbox("link_id LIKE $1") >= good);
            done.set(true);
            await().atMost(PATIENCE)
                    .until(() -> inbox("kind = 'unknown' AND convert_from(data, 'UTF8') = $1") >= poison);

            long violations = Sql.number("""
                    WITH told AS (SELECT i.link_id, split_part(i.event_id, '/', 3)::int AS n, o.seq
                        FROM inbox i JOIN observed o USING (event_id) WHERE i.link_id LIKE $1)
                    SELECT count(*) FROM (SELECT n, lag(n) OVER (PARTITION BY link_id ORDER BY seq) AS before FROM told) t
                    WHERE before > n""", run + "%");
            System.out.println("rebalances: seed " + seed + ", " + RECORDS + " records of " + LINKS
                    + " connections, poison " + poison + ", strangers came and went " + rebalances
                    + " times; order violations " + violations + ", lost " + (good - inbox("link_id LIKE $1"))
                    + ", dead letters " + inbox("state = 'DEAD' AND convert_from(data, 'UTF8') = $1"));
            assertThat(violations).isZero();
            assertThat(inbox("link_id LIKE $1")).isEqualTo(good);
            assertThat(inbox("state = 'DEAD' AND convert_from(data, 'UTF8') = $1"))
                    .isEqualTo(poison);
            assertThat(rebalances.get()).isGreaterThanOrEqualTo(PARTS - 1);
        } finally {
            done.set(true);
            strangers.shutdown();
            Sql.run("DROP TRIGGER observe ON inbox");
            Sql.run("DROP TABLE observed");
        }
    }

    private long inbox(String condition) {
        return Sql.number(
                "SELECT count(*) FROM inbox WHERE " + condition, condition.contains("LIKE") ? run + "%" : run);
    }

    /** The order in which rows came in, as the database saw it. */
    private static void observeInserts() {
        Sql.run("CREATE TABLE observed (seq bigint GENERATED ALWAYS AS IDENTITY, event_id text)");
        Sql.run("""
                CREATE OR REPLACE FUNCTION observe() RETURNS trigger LANGUAGE plpgsql AS $f$
                BEGIN INSERT INTO observed (event_id) VALUES (NEW.event_id); RETURN NEW; END $f$""");
        Sql.run("CREATE TRIGGER observe AFTER INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION observe()");
    }

    /** Returns how many records were poison. */
    private int send(Random random) {
        int poison = 0;
        int[] told = new int[LINKS];
        List<Future<?>> sent = new ArrayList<>(RECORDS);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", KafkaResource.server().bootstrapServers(), "acks", "all", "linger.ms", "5"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                if (i % (RECORDS / PARTS) == 0) {
                    // However fast they are taken, partitions change hands between and during the parts.
                    int part = i / (RECORDS / PARTS);
                    await().atMost(PATIENCE).until(() -> rebalances.get() >= part);
                }
                int link = random.nextInt(LINKS);
                String key = run + "-" + link;
                if (random.nextInt(100) == 0) {
                    poison++;
                    sent.add(producer.send(new ProducerRecord<>(Topics.PLUGGY_WEBHOOKS, key, run.getBytes(UTF_8))));
                } else {
                    CloudEvent event = new CloudEvent(
                            key + "/e/" + told[link]++,
                            "/test",
                            "ai.pluggy.item/updated",
                            key,
                            Instant.now(),
                            TraceParent.fresh());
                    sent.add(producer.send(new ProducerRecord<>(
                            Topics.PLUGGY_WEBHOOKS, null, key, "{}".getBytes(UTF_8), event.headers())));
                }
            }
            producer.flush();
            assertThat(sent).allSatisfy(each -> assertThat(each).isDone());
        }
        return poison;
    }

    private void joinAndLeave() {
        Random random = new Random();
        while (!done.get()) {
            try (KafkaConsumer<String, byte[]> stranger = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers", KafkaResource.server().bootstrapServers(),
                            "group.id", "sync-service",
                            "enable.auto.commit", "false",
                            "max.poll.records", "10"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer())) {
                stranger.subscribe(List.of(Topics.PLUGGY_WEBHOOKS));
                Instant until = Instant.now().plusMillis(500 + random.nextInt(1_000));
                while (Instant.now().isBefore(until) && !done.get()) {
                    stranger.poll(Duration.ofMillis(100));
                }
                rebalances.addAndGet(stranger.assignment().isEmpty() ? 0 : 1);
            }
        }
    }
}
