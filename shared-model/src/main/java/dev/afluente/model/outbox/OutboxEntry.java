package dev.afluente.model.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.TraceParent;
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

    /** Half of what Kafka takes by default: a record it refuses would hold up everything behind it for good. */
    private static final int MAX_PAYLOAD = 512 * 1024;

    public OutboxEntry {
        if (payload.length() > MAX_PAYLOAD) {
            throw new IllegalArgumentException("An event of " + payload.length() + " characters is too large to send");
        }
    }

    /**
     * Returns the entry of an event.
     *
     * @param traceparent the trace that caused it; a new one begins when it is missing or malformed
     */
    public static OutboxEntry of(BankingEvent event, String traceparent) {
        return new OutboxEntry(
                UuidCreator.getTimeOrderedEpoch(),
                event.tenantId(),
                EventFormat.topic(event),
                event.connectionId().toString(),
                EventFormat.type(event),
                EventFormat.write(event),
                TraceParent.continued(traceparent));
    }
}
