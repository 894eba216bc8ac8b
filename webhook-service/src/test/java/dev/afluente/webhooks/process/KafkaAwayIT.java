package dev.afluente.webhooks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.kafka.KafkaServer;
import dev.afluente.model.event.Topics;
import dev.afluente.webhooks.http.Notification;
import dev.afluente.webhooks.http.TopicReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One running door while its Kafka is absent at the start, killed, brought back, and killed again under load. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaAwayIT {

    private static final String UNAVAILABLE_MAX = "afluente_webhook_answers_seconds_max{outcome=\"unavailable\"}";
    private static final String HELD = "afluente_webhook_in_flight_bytes";
    private static final Set<String> TOPICS = Set.of(Topics.PLUGGY_WEBHOOKS, Topics.PLUGGY_WEBHOOKS_DEAD_LETTERS);

    private static KafkaServer kafka;
    private static Door door;

    @BeforeAll
    static void startWithoutKafka() throws Exception {
        kafka = new KafkaServer(Path.of("target/process/kafka-" + UUID.randomUUID()), 0);
        door = new Door("kafka-away", kafka.bootstrapServers(), Door.SECRETS);
        await().atMost(Duration.ofSeconds(60)).until(() -> door.health("live") == 200);
    }

    @AfterAll
    static void stop() {
        door.close();
        kafka.close();
    }

    @Test
    @Order(1)
    void startsWithoutKafkaAndTakesUpWorkWhenItComes() throws Exception {
        assertThat(door.health("ready")).isEqualTo(503);
        HttpResponse<String> answer = post(UUID.randomUUID().toString(), "");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.body()).contains("\"code\":\"stream_unavailable\"");

        kafka.start().createTopics(TOPICS);
        long up = System.nanoTime();
        await().atMost(Duration.ofSeconds(10)).until(() -> door.ready());
        assertThat(post(UUID.randomUUID().toString(), "").statusCode()).isEqualTo(202);
        System.out.printf("ready %d ms after Kafka%n", millisSince(up));
    }

    @Test
    @Order(2)
    void twoHundredAtOnceWithKafkaDeadAreAllAnsweredInTimeAndInBoundedMemory() throws Exception {
        String large = " ".repeat(250 * 1024);
        for (int i = 0; i < 300; i++) {
            // A door that has been open for a while: the first hashes of a fresh JVM take a hundred times as long.
            assertThat(post(UUID.randomUUID().toString(), large).statusCode()).isEqualTo(202);
        }
        kafka.kill();
        Set<Integer> statuses = new HashSet<>();
        for (int round = 0; round < 2; round++) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(door.post(Notification.event(UUID.randomUUID().toString(), "item-" + i) + large));
            }
            assertThat(door.health("live")).isEqualTo(200);
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                statuses.add(answer.get(30, TimeUnit.SECONDS).statusCode());
            }
        }
        assertThat(statuses).containsExactly(503);
        await().atMost(Duration.ofSeconds(10)).until(() -> door.health("ready") == 503);
        assertThat(door.metric(UNAVAILABLE_MAX)).isBetween(3.0, 4.1);
        await().atMost(Duration.ofSeconds(5)).until(() -> door.metric(HELD) == 0);
        System.out.printf(
                "400 x 250 KiB refused, slowest %.3f s, highest resident memory %d MiB at -Xmx192m%n",
                door.metric(UNAVAILABLE_MAX), door.residentMebibytes());

        kafka.start();
        long up = System.nanoTime();
        await().atMost(Duration.ofSeconds(10)).until(() -> door.ready());
        assertThat(post(UUID.randomUUID().toString(), "").statusCode()).isEqualTo(202);
        System.out.printf("ready %d ms after Kafka's return%n", millisSince(up));
    }

    @Test
    @Order(3)
    void whatWasAcknowledgedIsInTheTopicThoughKafkaIsKilledUnderLoad() throws Exception {
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            senders.add(CompletableFuture.runAsync(() -> sendUntil(over, accepted, refused), threads));
        }
        for (int kills = 0; kills < 2; kills++) {
            int before = accepted.size();
            await().atMost(Duration.ofSeconds(20)).until(() -> accepted.size() > before + 500);
            kafka.kill();
            int seen = refused.get();
            await().atMost(Duration.ofSeconds(20)).until(() -> refused.get() > seen);
            kafka.start();
        }
        int before = accepted.size();
        await().atMost(Duration.ofSeconds(20)).until(() -> accepted.size() > before + 500);
        over.set(true);
        CompletableFuture.allOf(senders.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
        threads.shutdown();

        Set<String> kept = new HashSet<>();
        new TopicReader(kafka.bootstrapServers())
                .all(Topics.PLUGGY_WEBHOOKS, record -> kept.add(TopicReader.header(record, "ce_id")));
        Set<String> lost = new HashSet<>(accepted);
        lost.removeAll(kept);
        System.out.printf(
                "2 kills under load: %d accepted, %d refused, %d lost%n", accepted.size(), refused.get(), lost.size());
        assertThat(lost).isEmpty();
        assertThat(door.health("live")).isEqualTo(200);
        assertThat(door.log()).doesNotContain("has been blocked", Notification.SECRET, Notification.HEADER_SECRET);
    }

    private static void sendUntil(AtomicBoolean over, Set<String> accepted, AtomicInteger refused) {
        while (!over.get()) {
            String id = UUID.randomUUID().toString();
            if (post(id, "").statusCode() == 202) {
                accepted.add(id);
            } else {
                refused.incrementAndGet();
            }
        }
    }

    private static HttpResponse<String> post(String id, String end) {
        return door.post(Notification.event(id, "item-" + id.charAt(0)) + end)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
