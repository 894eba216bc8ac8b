package dev.afluente.model.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.outbox.OutboxProducer.Message;
import dev.afluente.model.servers.Servers;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxProducerTest {
    private final Vertx vertx = Vertx.vertx();
    private final String topic = "producer-" + UUID.randomUUID();

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void answersWhenKafkaHasEverything() {
        Servers.kafka().createTopics(Set.of(topic));
        List<Message> messages = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            messages.add(message("key-" + i % 3, Integer.toString(i)));
        }
        try (OutboxProducer producer = new OutboxProducer(vertx, kafka());
                TopicReader reader = new TopicReader(topic)) {
            producer.send(messages).await().atMost(ofSeconds(20));
            await().atMost(ofSeconds(10)).until(() -> reader.events().size() == 60);
            for (int key = 0; key < 3; key++) {
                String name = "key-" + key;
                assertThat(reader.events().stream()
                                .filter(record -> record.key().equals(name))
                                .map(OutboxProducerTest::text))
                        .containsExactlyElementsOf(messages.stream()
                                .filter(message -> message.key().equals(name))
                                .map(Message::data)
                                .toList());
            }
        }
    }

    @Test
    void nothingToSendIsDoneAtOnce() {
        try (OutboxProducer producer = new OutboxProducer(vertx, Map.of())) {
            producer.send(List.of()).await().atMost(ofSeconds(5));
        }
    }

    @Test
    void noEventFollowsOneOfItsKeyThatTheBrokerRefused() throws Exception {
        makeTopicThatTakesAtMost(2_000);
        List<Message> messages = List.of(message("a", "1"), message("a", "2".repeat(4_000)), message("a", "3"));
        try (OutboxProducer producer = new OutboxProducer(vertx, kafka());
                TopicReader reader = new TopicReader(topic)) {
            assertThatThrownBy(() -> producer.send(messages).await().atMost(ofSeconds(20)))
                    .isInstanceOf(RecordTooLargeException.class);
            await().atMost(ofSeconds(10)).until(() -> reader.events().size() == 1);
            await().during(ofSeconds(1))
                    .atMost(ofSeconds(5))
                    .until(() -> reader.events().size() == 1);
            assertThat(text(reader.events().get(0))).isEqualTo("1");
        }
    }

    private void makeTopicThatTakesAtMost(int bytes) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)
                            .configs(Map.of("max.message.bytes", Integer.toString(bytes)))))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aBrokerOutOfReachIsWaitedForOnceAndNotForEachRecord() {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            messages.add(message("key-" + i, "x"));
        }
        try (OutboxProducer producer = new OutboxProducer(vertx, Map.of("bootstrap.servers", "127.0.0.1:1"))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> producer.send(messages).await().atMost(ofSeconds(40)))
                    .isInstanceOf(TimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ofSeconds(9));
        }
    }

    @Test
    void aBrokerWhoseNameIsUnknownIsAFailureAndNotTheEnd() {
        try (OutboxProducer producer =
                new OutboxProducer(vertx, Map.of("bootstrap.servers", "no-such-host.invalid:1"))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> producer.send(List.of(message("a", "1")))
                                .await()
                                .atMost(ofSeconds(20)))
                        .hasMessageContaining("Failed to construct kafka producer");
            }
        }
    }

    @Test
    void aClosedProducerSendsNothing() {
        OutboxProducer producer = new OutboxProducer(vertx, kafka());
        producer.close();
        assertThatThrownBy(
                        () -> producer.send(List.of(message("a", "1"))).await().atMost(ofSeconds(5)))
                .hasMessage("closed");
        producer.close();
    }

    private Map<String, Object> kafka() {
        // What makes delivery safe is not the deployment's to take back.
        return Map.of(
                "bootstrap.servers", Servers.kafka().bootstrapServers(), "acks", "0", "enable.idempotence", "false");
    }

    private Message message(String key, String data) {
        CloudEvent event = new CloudEvent(
                UUID.randomUUID().toString(),
                "/afluente/test",
                "test.v1",
                key,
                Instant.parse("2026-03-10T09:15:02Z"),
                OutboxDatabase.TRACE);
        return new Message(topic, key, event, data);
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), UTF_8);
    }
}
