package dev.afluente.connections.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.model.event.format.CloudEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Writes to Kafka and reads from it as the neighbours of the service do. */
public final class Topic {
    private Topic() {}

    /** Writes an item event as webhook-service does. */
    public static void webhook(String event, String item) {
        String body = "{\"event\":\"" + event + "\",\"itemId\":\"" + item + "\"}";
        CloudEvent attributes = new CloudEvent(
                UUID.randomUUID().toString(),
                "/afluente/webhook-service",
                "ai.pluggy." + event,
                item,
                Instant.now(),
                "00-11111111111111111111111111111111-2222222222222222-01");
        write("pluggy.webhooks", item, body.getBytes(UTF_8), attributes.headers());
    }

    /** Writes one record and returns when Kafka has it. */
    public static void write(String topic, String key, byte[] value, Iterable<Header> headers) {
        Properties settings = new Properties();
        settings.putAll(Map.of("bootstrap.servers", KafkaResource.server().bootstrapServers(), "acks", "all"));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, null, key, value, headers))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until {@code count} records match, at most half a minute; returns all that do, in order per key. */
    public static List<ConsumerRecord<String, String>> await(
            String topic, int count, Predicate<ConsumerRecord<String, String>> wanted) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        Properties settings = new Properties();
        settings.putAll(Map.of("bootstrap.servers", KafkaResource.server().bootstrapServers()));
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (wanted.test(record)) {
                        found.add(record);
                    }
                });
                return found.size() >= count;
            });
        }
        return found;
    }

    /** Returns all records of a key that are there now. */
    public static List<ConsumerRecord<String, String>> ofKey(String topic, int count, String key) {
        return await(topic, count, record -> key.equals(record.key()));
    }

    /** Returns a header's text. */
    public static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
