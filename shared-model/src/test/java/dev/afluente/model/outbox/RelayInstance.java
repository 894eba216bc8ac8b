package dev.afluente.model.outbox;

import dev.afluente.model.servers.Servers;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What one instance of a service has: its own Vert.x, pool and producer, and a relay woken from time to time. */
final class RelayInstance implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final OutboxProducer producer;
    private final OutboxRelay relay;

    RelayInstance(OutboxDatabase database) {
        this(database, Map.of());
    }

    RelayInstance(OutboxDatabase database, Map<String, Object> kafka) {
        pool = database.pool(vertx, 2);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putIfAbsent("bootstrap.servers", Servers.kafka().bootstrapServers());
        producer = new OutboxProducer(vertx, settings);
        relay = new OutboxRelay(new OutboxLock(pool, Duration.ofSeconds(5)), producer, "/afluente/test");
    }

    OutboxRelay relay() {
        return relay;
    }

    Pool pool() {
        return pool;
    }

    void wakeEvery(Duration interval) {
        vertx.setPeriodic(interval.toMillis(), timer -> relay.wake());
    }

    @Override
    public void close() {
        vertx.closeAndAwait();
        producer.close();
    }
}
