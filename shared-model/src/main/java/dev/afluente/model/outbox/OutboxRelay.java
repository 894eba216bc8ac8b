package dev.afluente.model.outbox;

import dev.afluente.model.event.CloudEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Carries outbox rows to Kafka: at least once, and in order per key over all instances of a service.
 *
 * <p>Order holds because one instance relays at a time: it holds a PostgreSQL advisory lock on the very connection it
 * reads and deletes with, so losing the connection loses the right to go on. Rows are deleted once Kafka has them and
 * are found by being there, not by a number greater than the last, so a row that commits late is never skipped. A crash
 * between Kafka and the deletion sends a row again under the same event id; consumers drop it by their inbox.
 *
 * <p>Never blocks the caller; at most {@value #BATCH} rows are in memory.
 */
public final class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    static final int BATCH = 500;

    /** Any constant does: a service has its own database. */
    private static final long LOCK = 0x0b0c5L;

    private static final String LOCKED = "SELECT pg_try_advisory_lock($1)";
    private static final String UNLOCK = "SELECT pg_advisory_unlock($1)";
    private static final String NEXT =
            "SELECT seq, event_id, topic, key, type, payload, traceparent, created_at FROM outbox ORDER BY seq LIMIT $1";
    private static final String DELETE = "DELETE FROM outbox WHERE seq = ANY($1)";

    private final Pool pool;
    private final OutboxProducer producer;
    private final String source;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();

    /** @param source the CloudEvents {@code source} of everything this service writes */
    public OutboxRelay(Pool pool, OutboxProducer producer, String source) {
        this.pool = pool;
        this.producer = producer;
        this.source = source;
    }

    /**
     * Asks for a pass; call it after a commit and from time to time. Calls during a pass lead to one more pass, so a row
     * committed before the call is always seen.
     */
    public void wake() {
        again.set(true);
        if (running.compareAndSet(false, true)) {
            pass();
        }
    }

    private void pass() {
        again.set(false);
        relay().subscribe().with(ignored -> finish(), failure -> {
            LOG.warnf(
                    "Outbox not relayed, will try again: %s", failure.getClass().getSimpleName());
            again.set(false);
            finish();
        });
    }

    private void finish() {
        running.set(false);
        if (again.get() && running.compareAndSet(false, true)) {
            pass();
        }
    }

    private Uni<Void> relay() {
        return pool.getConnection().chain(connection -> exclusively(connection).eventually(() -> connection.close()));
    }

    private Uni<Void> exclusively(SqlConnection connection) {
        return connection
                .preparedQuery(LOCKED)
                .execute(Tuple.of(LOCK))
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? drain(connection)
                                .eventually(
                                        () -> connection.preparedQuery(UNLOCK).execute(Tuple.of(LOCK)))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> drain(SqlConnection connection) {
        return Multi.createBy()
                .repeating()
                .uni(() -> batch(connection))
                .whilst(sent -> sent == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> batch(SqlConnection connection) {
        return connection.preparedQuery(NEXT).execute(Tuple.of(BATCH)).chain(rows -> send(rows)
                .chain(sent -> sent.length == 0
                        ? Uni.createFrom().item(0)
                        : connection
                                .preparedQuery(DELETE)
                                .execute(Tuple.of(sent))
                                .replaceWith(sent.length)));
    }

    private Uni<Long[]> send(RowSet<Row> rows) {
        List<Long> sent = new ArrayList<>(rows.size());
        List<OutboxProducer.Message> messages = new ArrayList<>(rows.size());
        for (Row row : rows) {
            sent.add(row.getLong("seq"));
            messages.add(message(row));
        }
        return producer.send(messages).replaceWith(() -> sent.toArray(Long[]::new));
    }

    private OutboxProducer.Message message(Row row) {
        UUID id = row.getUUID("event_id");
        String key = row.getString("key");
        CloudEvent event = new CloudEvent(
                id.toString(),
                source,
                row.getString("type"),
                key,
                row.getOffsetDateTime("created_at")
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant(),
                row.getString("traceparent"));
        return new OutboxProducer.Message(row.getString("topic"), key, event, row.getString("payload"));
    }

    /** How often a service should {@link #wake} the relay to find what another instance left behind. */
    public static Duration interval() {
        return Duration.ofSeconds(1);
    }
}
