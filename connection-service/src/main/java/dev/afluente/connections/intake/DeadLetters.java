package dev.afluente.connections.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.outbox.Outbox;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.outbox.OutboxEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sets a record aside on {@link Topics#CONNECTIONS_DEAD_LETTERS}, by way of the outbox: where it lies and why, not what
 * it holds. The letter's id follows from the record's place, so a record that is read twice makes one letter, or two
 * that are told to be the same.
 */
@Singleton
class DeadLetters {
    private static final String TYPE = "dev.afluente.record.set-aside.v1";

    /** A record nobody can read belongs to no tenant; a real tenant's name is never blank. */
    private static final String NO_TENANT = "";

    private final Database database;
    private final Outbox outbox;

    DeadLetters(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    Uni<Void> add(ConsumerRecord<byte[], byte[]> record, String reason) {
        String place = record.topic() + "/" + record.partition() + "/" + record.offset();
        String letter = new JsonObject()
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("reason", reason)
                .encode();
        OutboxEntry entry = new OutboxEntry(
                UUID.nameUUIDFromBytes(place.getBytes(UTF_8)),
                NO_TENANT,
                Topics.CONNECTIONS_DEAD_LETTERS,
                place,
                TYPE,
                letter,
                TraceParent.fresh());
        return database.ofAllTenants(() -> outbox.add(entry)).invoke(outbox::relay);
    }
}
