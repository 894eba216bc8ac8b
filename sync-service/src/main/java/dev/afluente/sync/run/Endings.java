package dev.afluente.sync.run;

import dev.afluente.model.event.SyncFinished;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How a leased run leaves its worker: for good, with its result told to the others in the same transaction, or back to
 * the queue. Both fail with {@link LostLeaseException} when the run is no longer ours.
 */
@ApplicationScoped
public class Endings {
    private static final String FINISH = """
            UPDATE sync_run SET status = $4, reason = $5, finished_at = now(), lease_owner = NULL, lease_until = NULL
            WHERE tenant_id = $1 AND id = $2 AND lease_owner = $3 AND status = 'RUNNING'
            RETURNING started_at, finished_at, imported, updated, removed, unchanged, set_aside""";

    private static final String SUCCESSOR =
            "SELECT id FROM sync_run WHERE tenant_id = $1 AND connection_id = $2 AND status = 'QUEUED' FOR UPDATE";

    private static final String POSTPONE = """
            UPDATE sync_run SET status = 'QUEUED', reason = $4, held = $6,
                attempt = attempt - CASE WHEN $6 THEN 1 ELSE 0 END, lease_owner = NULL, lease_until = NULL,
                not_before = now() + make_interval(secs => $5 / 1000.0)
            WHERE tenant_id = $1 AND id = $2 AND lease_owner = $3 AND status = 'RUNNING'""";

    private final Pool pool;
    private final Inbox inbox;
    private final Outbox outbox;

    @Inject
    public Endings(Pool pool, Inbox inbox, Outbox outbox) {
        this.pool = pool;
        this.inbox = inbox;
        this.outbox = outbox;
    }

    /** Ends a run for good. */
    public Uni<Void> finish(LeasedRun run, Outcome.Finished outcome) {
        return pool.withTransaction(connection -> finish(connection, run, outcome)
                        .chain(() -> inbox.processed(connection, run.tenantId(), run.id())))
                .invoke(outbox::wake);
    }

    /**
     * Puts a run back. When another already waits for the connection, that one answers this one's events too and this
     * one ends as superseded.
     */
    public Uni<Void> postpone(LeasedRun run, Outcome.Postponed outcome) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(SUCCESSOR)
                .execute(Tuple.of(run.tenantId(), run.link().connectionId()))
                .chain(rows -> {
                    RowIterator<Row> waiting = rows.iterator();
                    return waiting.hasNext()
                            ? supersede(connection, run, waiting.next().getUUID(0))
                            : putBack(connection, run, outcome);
                }));
    }

    private Uni<Void> supersede(SqlConnection connection, LeasedRun run, UUID successor) {
        return inbox.handOver(connection, run.tenantId(), run.id(), successor)
                .chain(() -> finish(connection, run, new Outcome.Finished("FAILED", "superseded")));
    }

    private static Uni<Void> putBack(SqlConnection connection, LeasedRun run, Outcome.Postponed outcome) {
        Duration delay = outcome.delay();
        Tuple values = Tuple.of(run.tenantId(), run.id(), run.owner())
                .addString(outcome.reason())
                .addLong(delay.toMillis())
                .addBoolean(outcome.held());
        return connection.preparedQuery(POSTPONE).execute(values).chain(rows -> stillOurs(rows.rowCount()));
    }

    private Uni<Void> finish(SqlConnection connection, LeasedRun run, Outcome.Finished outcome) {
        Tuple values = Tuple.of(run.tenantId(), run.id(), run.owner(), outcome.status(), outcome.reason());
        return connection.preparedQuery(FINISH).execute(values).chain(rows -> {
            RowIterator<Row> finished = rows.iterator();
            return finished.hasNext()
                    ? outbox.add(connection, event(run, outcome, finished.next()), run.traceparent())
                    : stillOurs(0);
        });
    }

    private static Uni<Void> stillOurs(int rows) {
        return rows == 1 ? Uni.createFrom().voidItem() : Uni.createFrom().failure(new LostLeaseException());
    }

    private static SyncFinished event(LeasedRun run, Outcome.Finished outcome, Row row) {
        return new SyncFinished(
                run.tenantId(),
                run.link().connectionId(),
                run.id(),
                run.trigger(),
                outcome.status(),
                outcome.reason(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                new SyncFinished.Counts(
                        row.getLong("imported"),
                        row.getLong("updated"),
                        row.getLong("removed"),
                        row.getLong("unchanged"),
                        row.getLong("set_aside")),
                List.of());
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
