package dev.afluente.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.SyncRequest;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.contract.EventContract;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.MalformedEventException;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventContractTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whatThisServiceWritesIsWhatTheContractSays() throws MalformedEventException {
        Person person = Person.somebody().connects(Sandbox.connect("user-ok-700"));
        person.awaitRuns(1);

        List<ConsumerRecord<String, byte[]>> written = written(person, 1 + 2);

        assertThat(written.stream().map(ConsumerRecord::topic))
                .contains(Topics.SYNC_RESULTS, Topics.TRANSACTIONS)
                .hasSizeGreaterThan(2);
        for (ConsumerRecord<String, byte[]> record : written) {
            EventContract.assertWritten(record);
        }
    }

    @Test
    void whatConnectionServiceWroteAtAnyAgeIsUnderstood() {
        EventContract.assertReads(
                Set.of(
                        "dev.afluente.connection.linked.v1",
                        "dev.afluente.connection.changed.v1",
                        "dev.afluente.sync.requested.v1",
                        "dev.afluente.sync.released.v1",
                        "dev.afluente.sync.abandoned.v1"),
                "/afluente/connection-service",
                (event, data) -> {
                    BankingEvent told = EventFormat.read(event.type(), data);
                    String key = told.connectionId().toString();
                    Sql.run("DELETE FROM link WHERE connection_id = $1", told.connectionId());
                    Sql.run("DELETE FROM sync_run WHERE connection_id = $1", told.connectionId());
                    Sql.run("DELETE FROM inbox WHERE event_id = $1", event.id());
                    Stream.send(EventFormat.topic(told), key, event.headers(), new String(data, UTF_8));
                    await().atMost(PATIENCE).until(() -> knows(told));
                });
    }

    private static boolean knows(BankingEvent told) {
        return told instanceof SyncRequest request
                ? Sql.run("SELECT FROM inbox WHERE link_id = $1", told.tenantId() + "/" + request.runId())
                                .size()
                        > 0
                : Sql.run(
                                        "SELECT FROM link WHERE tenant_id = $1 AND connection_id = $2",
                                        told.tenantId(),
                                        told.connectionId())
                                .size()
                        == 1;
    }

    private static List<ConsumerRecord<String, byte[]>> written(Person person, int atLeast) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", KafkaResource.server().bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = java.util.stream.Stream.of(Topics.SYNC_RESULTS, Topics.TRANSACTIONS)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(PATIENCE).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (person.connection.toString().equals(record.key())) {
                        found.add(record);
                    }
                });
                return found.size() >= atLeast
                        && found.stream().anyMatch(record -> record.topic().equals(Topics.SYNC_RESULTS));
            });
        }
        return found;
    }
}
