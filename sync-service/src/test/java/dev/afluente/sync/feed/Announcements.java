package dev.afluente.sync.feed;

import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.TransactionsMerged;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.MalformedEventException;
import dev.afluente.sync.support.Sql;
import java.nio.charset.StandardCharsets;
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

/** What the service told of changed rows from a moment on, as a consumer with an inbox sees it: each event id once. */
final class Announcements implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", KafkaResource.server().bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    private final Set<String> seen = new HashSet<>();
    private final List<TransactionsMerged> told = new ArrayList<>();
    private final UUID connection;

    private Announcements(UUID connection) {
        this.connection = connection;
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.TRANSACTIONS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Listens from now on to what is told of a connection. */
    static Announcements of(UUID connection) {
        // What was written before is on its way until the outbox is empty.
        await().atMost(PATIENCE).until(() -> Sql.number("SELECT count(*) FROM outbox") == 0);
        return new Announcements(connection);
    }

    /** Everything told so far, once nothing is on its way any more. */
    List<TransactionsMerged> soFar() {
        await().atMost(PATIENCE).until(() -> Sql.number("SELECT count(*) FROM outbox") == 0);
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(this::take);
        }
        return List.copyOf(told);
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        String id = new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
        if (connection.toString().equals(record.key()) && seen.add(id)) {
            try {
                told.add((TransactionsMerged) EventFormat.read("dev.afluente.transactions.merged.v1", record.value()));
            } catch (MalformedEventException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
