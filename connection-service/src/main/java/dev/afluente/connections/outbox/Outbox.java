package dev.afluente.connections.outbox;

import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.outbox.OutboxEntry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Puts events on their way inside the transaction that made them true. For an event of a connection the transaction
 * must hold that connection's row, so that its events are numbered in the order in which they are committed. An entry
 * whose event id is there already is not written again.
 */
@Singleton
public class Outbox {
    private static final String INSERT = """
            INSERT INTO outbox (event_id, tenant_id, topic, key, type, payload, traceparent)
            VALUES (:eventId, :tenant, :topic, :key, :type, :payload, :traceparent)
            ON CONFLICT (tenant_id, event_id) DO NOTHING""";

    private final Relay relay;

    Outbox(Relay relay) {
        this.relay = relay;
    }

    /** Sends on what has been committed; call it after the transaction. Forgetting it costs a second, not an event. */
    public void relay() {
        relay.wake();
    }

    /** Adds an event of a connection. */
    public Uni<Void> add(BankingEvent event, String traceparent) {
        return add(OutboxEntry.of(event, traceparent));
    }

    /** Adds an entry as it is. */
    public Uni<Void> add(OutboxEntry entry) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(INSERT)
                        .setParameter("eventId", entry.eventId())
                        .setParameter("tenant", entry.tenantId())
                        .setParameter("topic", entry.topic())
                        .setParameter("key", entry.key())
                        .setParameter("type", entry.type())
                        .setParameter("payload", entry.payload())
                        .setParameter("traceparent", entry.traceparent())
                        .executeUpdate())
                .replaceWithVoid();
    }
}
