package dev.afluente.model.outbox;

import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.outage.Outage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Carries outbox rows to Kafka: at least once, and in order per key over all instances of a service.
 *
 * <p>Order holds because one instance relays at a time ({@link OutboxLock}), with the very connection that holds the
 * lock. An instance that loses it in the middle of a batch may still send the rest of that batch while its successor
 * sends the same rows: both go from the oldest on and a row follows another of its key only when that one is safe, so
 * the first occurrence of each event is still in order. Rows are deleted once Kafka has them and are found by being
 * there, not by a number greater than the last, so a row that commits late is never skipped. A row sent again carries
 * the same event id; consumers drop it by their inbox.
 *
 * <p>Never blocks the caller; at most {@value #BATCH} rows are in memory. A failed pass is not repeated by itself.
 */
public final class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    static final int BATCH = 500;

    private static final Duration STATEMENT_DEADLINE = Duration.ofSeconds(10);

    private static final String NEXT =
            "SELECT seq, event_id, topic, key, type, payload, traceparent, created_at FROM outbox ORDER BY seq LIMIT $1";
    private static final String DELETE = "DELETE FROM outbox WHERE seq = ANY($1)";

    private final OutboxLock lock;
    private final OutboxProducer producer;
    private final String source;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final Outage outage = new Outage(LOG, "Outbox is not relayed");

    /** @param source the CloudEvents {@code source} of everything this service writes */
    public OutboxRelay(Pool pool, OutboxProducer producer, String source) {
        this(new OutboxLock(pool, STATEMENT_DEADLINE), producer, source);
    }

    OutboxRelay(OutboxLock lock, OutboxProducer producer, String source) {
        this.lock = lock;
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
        Uni.createFrom()
                .deferred(() -> lock.whileHeld(this::drain))
                .subscribe()
                .with(
                        done -> {
                            outage.over();
                            finish();
                        },
                        failure -> {
                            outage.failed(failure);
                            finish();
                        });
    }

    private void finish() {
        running.set(false);
        if (again.get() && running.compareAndSet(false, true)) {
            pass();
        }
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
        return lock.execute(connection, NEXT, Tuple.of(BATCH)).chain(rows -> send(rows)
                .chain(sent -> sent.length == 0
                        ? Uni.createFrom().item(0)
                        : lock.execute(connection, DELETE, Tuple.of(sent)).replaceWith(sent.length)));
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
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("traceparent"));
        return new OutboxProducer.Message(row.getString("topic"), key, event, row.getString("payload"));
    }

    /** How often a service should {@link #wake} the relay to find what another instance left behind. */
    public static Duration interval() {
        return Duration.ofSeconds(1);
    }
}
