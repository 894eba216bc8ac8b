package dev.afluente.connections.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.model.outbox.OutboxProducer;
import dev.afluente.model.outbox.OutboxRelay;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * Four relays beside the service's own, writers whose rows commit late, and the relays' connections cut again and
 * again: every event arrives, and in the order in which its connection's changes were committed.
 */
@QuarkusTest
class OutboxOrderTest extends ScriptedPluggyTest {
    private static final int WRITERS = 4;
    private static final int KEYS_EACH = 5;
    private static final int CHANGES = 60;

    private final String run = UUID.randomUUID().toString();
    private final Vertx vertx = Vertx.vertx();
    private final List<Pool> pools = new ArrayList<>();
    private final List<OutboxProducer> producers = new ArrayList<>();

    @Test
    void nothingIsLostAndNothingOvertakes() {
        long seed = new Random().nextLong();
        for (int i = 0; i < 4; i++) {
            OutboxRelay relay = relay();
            vertx.setPeriodic(5, tick -> relay.wake());
        }

        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(CompletableFuture.runAsync(() -> write(writer, new Random(seed + writer))));
        }
        CompletableFuture<Void> cutting = CompletableFuture.runAsync(() -> cutUntil(writers));
        writers.forEach(CompletableFuture::join);
        cutting.join();

        int wanted = WRITERS * KEYS_EACH * CHANGES;
        Map<String, Integer> last = new HashMap<>();
        Map<String, Boolean> seen = new HashMap<>();
        int[] violations = {0};
        Topic.await("banking.connections", wanted, record -> isNew(record, seen))
                .forEach(record -> {
                    int number = Integer.parseInt(record.value());
                    // An event sent twice may come again late; the consumer's inbox knows it by its id.
                    violations[0] += number == last.getOrDefault(record.key(), 0) + 1 ? 0 : 1;
                    last.put(record.key(), number);
                });

        assertThat(last.values())
                .as("seed %d", seed)
                .hasSize(WRITERS * KEYS_EACH)
                .containsOnly(CHANGES);
        assertThat(violations[0]).as("order violations, seed %d", seed).isZero();
        pools.forEach(pool -> pool.close().await().indefinitely());
        producers.forEach(OutboxProducer::close);
        vertx.close().await().indefinitely();
    }

    private boolean isNew(ConsumerRecord<String, String> record, Map<String, Boolean> seen) {
        return record.key() != null
                && record.key().startsWith(run)
                && seen.put(Topic.header(record, "ce_id"), true) == null;
    }

    private OutboxRelay relay() {
        var databases = PostgresResource.server().databases();
        PgConnectOptions options = PgConnectOptions.fromUri(databases.reactiveUrl(DATABASE))
                .setUser(databases.username())
                .setPassword(databases.password())
                .addProperty("application_name", "test-relay");
        Pool pool = Pool.pool(vertx, options, new PoolOptions().setMaxSize(2));
        OutboxProducer producer = new OutboxProducer(
                vertx, Map.of("bootstrap.servers", KafkaResource.server().bootstrapServers()));
        pools.add(pool);
        producers.add(producer);
        return new OutboxRelay(pool, producer, "/test");
    }

    /** Each writer owns its keys, as a row lock would make it; other writers commit before and after, out of turn. */
    private void write(int writer, Random random) {
        String sql = "INSERT INTO outbox (event_id, tenant_id, topic, key, type, payload, traceparent)"
                + " VALUES (?, 'test', 'banking.connections', ?, 'test', ?, 'none')";
        try (Connection connection = Rows.connect();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (int change = 1; change <= CHANGES; change++) {
                for (int key = 0; key < KEYS_EACH; key++) {
                    insert.setObject(1, UUID.randomUUID());
                    insert.setString(2, run + "-" + writer + "-" + key);
                    insert.setString(3, Integer.toString(change));
                    insert.executeUpdate();
                    if (random.nextInt(4) == 0) {
                        connection.commit();
                    }
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void cutUntil(List<CompletableFuture<Void>> writers) {
        try (Connection connection = Rows.connect();
                Statement cut = connection.createStatement()) {
            while (!writers.stream().allMatch(CompletableFuture::isDone)) {
                cut.execute("SELECT pg_terminate_backend(pid), pg_sleep(0.05) FROM pg_stat_activity"
                        + " WHERE application_name = 'test-relay' LIMIT 1");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
