package dev.afluente.connections.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.contract.EventContract;
import dev.afluente.model.event.format.MalformedEventException;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What this service writes is what the contract says, and it reads what older and newer writers write. */
@QuarkusTest
class EventContractTest extends ScriptedPluggyTest {
    private static final String RUN = "dev.afluente.sync.finished.v1";

    @Test
    void everyEventOfALifeIsWhole() throws MalformedEventException {
        String user = Api.someone();
        String item = UUID.randomUUID().toString();
        Instant then = Instant.parse("2026-03-10T09:15:03Z");
        ScriptedPluggy.item(item, user, "UPDATING", then);
        String id = Api.of(user).createFromItem(item).path("id");
        ScriptedPluggy.item(item, user, "LOGIN_ERROR", then.plusSeconds(1))
                .put("error", new JsonObject().put("code", "INVALID_CREDENTIALS"));
        Topic.webhook("item/updated", item);
        Topic.ofKey(Topics.CONNECTIONS, 2, id);
        ScriptedPluggy.remove(item);
        Topic.webhook("item/deleted", item);

        for (ConsumerRecord<String, String> record : Topic.ofKey(Topics.CONNECTIONS, 3, id)) {
            EventContract.assertWritten(bytes(record));
        }
        for (ConsumerRecord<String, String> record : Topic.ofKey(Topics.NOTIFICATIONS, 2, id)) {
            EventContract.assertWritten(bytes(record));
        }
    }

    @Test
    void theEndOfARunIsReadWhateverTheWritersAge() {
        long letters = Rows.count("SELECT count(*) FROM outbox WHERE type = 'dev.afluente.record.set-aside.v1'");
        int before =
                Topic.await(Topics.CONNECTIONS_DEAD_LETTERS, 0, record -> true).size();

        EventContract.assertReads(Set.of(RUN), "/afluente/sync-service", (event, data) -> {
            Topic.write(Topics.SYNC_RESULTS, event.subject(), data, event.headers());
        });
        Topic.write(Topics.SYNC_RESULTS, "x", "{}".getBytes(UTF_8), java.util.List.of());

        assertThat(letters).isZero();
        // The one poison record after them, and none of them.
        assertThat(Topic.await(Topics.CONNECTIONS_DEAD_LETTERS, before + 1, record -> true))
                .hasSize(before + 1);
    }

    private static ConsumerRecord<String, byte[]> bytes(ConsumerRecord<String, String> record) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value().getBytes(UTF_8),
                record.headers(),
                java.util.Optional.empty());
    }
}
