package dev.afluente.model.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.EventFormat;
import java.util.UUID;

/**
 * An event waiting in the database for its way to Kafka. It is written in the transaction of the change it tells, so
 * that neither can be without the other; the row's id is the event's id.
 *
 * @param key the record's key: the connection, whose row the writing transaction must hold locked, so that entries of
 *     one connection are numbered in the order in which they are committed
 * @param payload the event's data as JSON
 */
public record OutboxEntry(
        UUID eventId, String tenantId, String topic, String key, String type, String payload, String traceparent) {

    /** Columns in the order of this record; the table is laid down by each service's first migration. */
    public static final String INSERT =
            "INSERT INTO outbox (event_id, tenant_id, topic, key, type, payload, traceparent)"
                    + " VALUES ($1, $2, $3, $4, $5, $6, $7)";

    /** Returns the entry of an event. */
    public static OutboxEntry of(BankingEvent event, String traceparent) {
        return new OutboxEntry(
                UuidCreator.getTimeOrderedEpoch(),
                event.tenantId(),
                EventFormat.topic(event),
                event.connectionId().toString(),
                EventFormat.type(event),
                EventFormat.write(event),
                traceparent);
    }
}
