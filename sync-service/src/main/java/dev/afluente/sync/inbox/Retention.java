package dev.afluente.sync.inbox;

import dev.afluente.model.database.Migrations;
import dev.afluente.model.outage.Outage;
import dev.afluente.sync.database.Ledger;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Keeps the inbox from growing without end: gives up events that nobody connects, and deletes what has been kept long enough.
 * In batches of {@value #BATCH}, each a transaction of its own, by one instance at a time; a row that somebody works on is left
 * for the next look. What does not get done now is done then.
 */
@Singleton
public class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    static final int BATCH = 500;

    /** This work's number among the advisory locks of the database. */
    static final long ALONE = 0x1b0c_5eed_0001L;

    private static final String TAKE = "SELECT pg_try_advisory_xact_lock($1)";

    private static final String OLD = """
            WHERE event_id IN (SELECT event_id FROM inbox WHERE %s AND received_at < now() - $1::bigint * interval '1 second'
                AND coalesce(replayed_at, received_at) < now() - $1::bigint * interval '1 second'
                ORDER BY received_at LIMIT $2 FOR UPDATE SKIP LOCKED)""";

    private static final String GIVE_UP = """
            UPDATE inbox SET state = 'IGNORED',
                reason = CASE provider WHEN 'afluente' THEN 'never_asked' ELSE 'never_connected' END
            """ + OLD.formatted("state = 'WAITING'");

    private static final String DELETE_DONE = "DELETE FROM inbox " + OLD.formatted("state IN ('PROCESSED', 'IGNORED')");
    private static final String DELETE_DEAD = "DELETE FROM inbox " + OLD.formatted("state = 'DEAD'");

    private final Ledger ledger;
    private final Migrations migrations;
    private final Vertx vertx;
    private final RetentionConfig config;
    private final InboxMetrics metrics;
    private final AtomicBoolean running = new AtomicBoolean();
    private final Outage outage = new Outage(LOG, "Inbox is not cleared");

    @Inject
    Retention(Ledger ledger, Migrations migrations, Vertx vertx, RetentionConfig config, InboxMetrics metrics) {
        config.validate();
        this.ledger = ledger;
        this.migrations = migrations;
        this.vertx = vertx;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(config.retentionEvery().toMillis(), timer -> look());
    }

    private void look() {
        if (migrations.done() && running.compareAndSet(false, true)) {
            round().onTermination()
                    .invoke(() -> running.set(false))
                    .subscribe()
                    .with(done -> outage.over(), outage::failed);
        }
    }

    /** One look at everything; does nothing while another instance is at it. */
    Uni<Void> round() {
        return all(GIVE_UP, config.waitForConnection(), metrics::givenUp)
                .chain(() -> all(DELETE_DONE, config.keepDone(), metrics::deleted))
                .chain(() -> all(DELETE_DEAD, config.keepDead(), metrics::deleted));
    }

    private Uni<Void> all(String sql, Duration age, IntConsumer told) {
        return Multi.createBy()
                .repeating()
                .uni(() -> ledger.ofAll(tx -> batch(tx, sql, age)).invoke(told::accept))
                .whilst(rows -> rows == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Integer> batch(SqlConnection connection, String sql, Duration age) {
        return connection
                .preparedQuery(TAKE)
                .execute(Tuple.of(ALONE))
                .chain(taken -> taken.iterator().next().getBoolean(0)
                        ? connection
                                .preparedQuery(sql)
                                .execute(Tuple.of(age.toSeconds(), BATCH))
                                .map(rows -> rows.rowCount())
                        : Uni.createFrom().item(0));
    }
}
