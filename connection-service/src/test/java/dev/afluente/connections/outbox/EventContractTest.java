package dev.afluente.connections.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.contract.EventContract;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventContractTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    @Test
    void whatThisServiceWritesIsWhatTheContractSays() {
        String user = Api.someone();
        String item = UUID.randomUUID().toString();
        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        String id = Api.of(user).createFromItem(item).path("id");
        ScriptedPluggy.item(item, user, "OUTDATED", THEN.plusSeconds(60));
        Topic.webhook("item/error", item);

        List<ConsumerRecord<String, String>> written = Topic.ofKey(Topics.CONNECTIONS, 2, id);

        assertThat(written.stream().map(record -> Topic.header(record, "ce_type")))
                .containsExactly("dev.afluente.connection.linked.v1", "dev.afluente.connection.changed.v1");
        written.forEach(record -> EventContract.assertWritten(
                Topic.header(record, "ce_type"), record.value().getBytes(UTF_8)));
    }
}
