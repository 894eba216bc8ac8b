package dev.afluente.sync.support;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.MalformedEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the service told of runs that ended, as a consumer with an inbox sees it: each event id once. */
public final class Results {
    private Results() {}

    /** Every result of a connection that is on Kafka now, in order. */
    public static List<SyncFinished> of(UUID connection) {
        List<SyncFinished> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", KafkaResource.server().bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.SYNC_RESULTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    String id = new String(
                            record.headers().lastHeader("ce_id").value(), java.nio.charset.StandardCharsets.UTF_8);
                    if (connection.toString().equals(record.key()) && seen.add(id)) {
                        found.add((SyncFinished) EventFormat.read("dev.afluente.sync.finished.v1", record.value()));
                    }
                }
            }
            return found;
        } catch (MalformedEventException e) {
            throw new AssertionError(e);
        }
    }
}
