package dev.afluente.connections.outbox;

import dev.afluente.connections.database.Schema.SchemaReady;
import dev.afluente.model.outbox.OutboxProducer;
import dev.afluente.model.outbox.OutboxRelay;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Keeps this service's relay going: {@link #wake} right after a commit, and at an interval for what another instance
 * left behind. Starts when the schema stands.
 */
@Singleton
class Relay {
    private static final String SOURCE = "/afluente/connection-service";

    private final Vertx vertx;
    private final OutboxProducer producer;
    private final OutboxRelay relay;
    private long timer = -1;

    Relay(Vertx vertx, Pool pool, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.vertx = vertx;
        this.producer = new OutboxProducer(vertx, kafka);
        this.relay = new OutboxRelay(pool, producer, SOURCE);
    }

    synchronized void begin(@Observes SchemaReady ready) {
        timer = vertx.setPeriodic(OutboxRelay.interval().toMillis(), tick -> relay.wake());
    }

    void wake() {
        relay.wake();
    }

    @PreDestroy
    synchronized void end() {
        vertx.cancelTimer(timer);
        producer.close();
    }
}
