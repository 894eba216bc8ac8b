package dev.afluente.model.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.model.servers.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning, as a consumer with an inbox would: an event id seen before is dropped. */
final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<String> seen = new HashSet<>();
    private final List<ConsumerRecord<String, byte[]>> events = new ArrayList<>();
    private int records;

    TopicReader(String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", Servers.kafka().bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what has arrived within a short while and returns all events so far. */
    List<ConsumerRecord<String, byte[]>> events() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            records++;
            if (seen.add(new String(record.headers().lastHeader("ce_id").value(), UTF_8))) {
                events.add(record);
            }
        }
        return List.copyOf(events);
    }

    /** How many records there were, repeated ones included. */
    int records() {
        return records;
    }

    /** Asserts that every key has exactly the payloads 1 to {@code count}, in this order. */
    static void assertComplete(List<ConsumerRecord<String, byte[]>> events, int keys, int count) {
        Map<String, Long> last = new HashMap<>();
        for (ConsumerRecord<String, byte[]> event : events) {
            long number = Long.parseLong(new String(event.value(), UTF_8));
            assertThat(number)
                    .as("event of %s after %s", event.key(), last.get(event.key()))
                    .isEqualTo(last.getOrDefault(event.key(), 0L) + 1);
            last.put(event.key(), number);
        }
        assertThat(last).hasSize(keys);
        assertThat(last.values()).as("the last of each key").containsOnly((long) count);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
