package dev.afluente.sync.outbox;

import dev.afluente.model.database.Migrations;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.outbox.OutboxEntry;
import dev.afluente.model.outbox.OutboxProducer;
import dev.afluente.model.outbox.OutboxRelay;
import dev.afluente.sync.database.Ledger;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Where this service's events wait for Kafka, and the relay that takes them there. */
@ApplicationScoped
public class Outbox {
    private final Vertx vertx;
    private final Migrations migrations;
    private final OutboxProducer producer;
    private final OutboxRelay relay;
    private volatile long timer = -1;

    @Inject
    public Outbox(
            Vertx vertx,
            Ledger ledger,
            Migrations migrations,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.vertx = vertx;
        this.migrations = migrations;
        this.producer = new OutboxProducer(vertx, kafka);
        this.relay = ledger.relay(producer, "/afluente/sync-service");
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(OutboxRelay.interval().toMillis(), tick -> wake());
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
        producer.close();
    }

    /** Writes an event in the caller's transaction; call {@link #wake} after its commit. */
    public Uni<Void> add(SqlConnection connection, BankingEvent event, String traceparent) {
        return connection
                .preparedQuery(OutboxEntry.INSERT)
                .execute(values(event, traceparent))
                .replaceWithVoid();
    }

    /** Writes events in their order, as {@link #add} does. */
    public Uni<Void> addAll(SqlConnection connection, List<? extends BankingEvent> events, String traceparent) {
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(OutboxEntry.INSERT)
                        .executeBatch(events.stream()
                                .map(event -> values(event, traceparent))
                                .toList())
                        .replaceWithVoid();
    }

    private static Tuple values(BankingEvent event, String traceparent) {
        OutboxEntry entry = OutboxEntry.of(event, traceparent);
        return Tuple.tuple()
                .addUUID(entry.eventId())
                .addString(entry.tenantId())
                .addString(entry.topic())
                .addString(entry.key())
                .addString(entry.type())
                .addString(entry.payload())
                .addString(entry.traceparent());
    }

    /** Sends what has been committed. */
    public void wake() {
        if (migrations.done()) {
            relay.wake();
        }
    }
}
