package dev.afluente.sync.run;

import dev.afluente.model.event.SyncFinished;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.inbox.InboxMetrics;
import dev.afluente.sync.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * How a run ends: for good, with its result told to the others in the same transaction, or back to the queue. What a
 * worker does fails with {@link LostLeaseException} when the run is no longer its own.
 */
@ApplicationScoped
public class Endings {
    /** The end of a run whose events a later one answers. */
    public static final Outcome.Finished SUPERSEDED = new Outcome.Finished("FAILED", "superseded");

    private static final String ENDED = """
            SET status = $3, reason = $4, finished_at = now(), lease_owner = NULL, lease_until = NULL, waits_until = NULL
            WHERE tenant_id = $1 AND id = $2 AND %s
            RETURNING id, connection_id, trigger, traceparent, started_at, finished_at, imported, updated, removed,
                unchanged, set_aside, ARRAY(SELECT a.id FROM account a WHERE a.tenant_id = sync_run.tenant_id
                    AND a.connection_id = sync_run.connection_id ORDER BY a.id) AS account_ids""";

    private static final String FINISH =
            "UPDATE sync_run " + ENDED.formatted("lease_owner = $5 AND status = 'RUNNING'");

    private static final String END = "UPDATE sync_run " + ENDED.formatted("status IN ('WAITING_PROVIDER', 'QUEUED')");

    private static final String SUCCESSOR =
            "SELECT id, trigger FROM sync_run WHERE tenant_id = $1 AND connection_id = $2 AND status = 'QUEUED' FOR UPDATE";

    private static final String POSTPONE = """
            UPDATE sync_run SET status = 'QUEUED', reason = $4, held = $6,
                attempt = attempt - CASE WHEN $6 THEN 1 ELSE 0 END, lease_owner = NULL, lease_until = NULL,
                not_before = now() + make_interval(secs => $5 / 1000.0)
            WHERE tenant_id = $1 AND id = $2 AND lease_owner = $3 AND status = 'RUNNING'""";

    /** What an attempt that broke off left behind: a run that has ended reads nothing any more. */
    private static final String ACCOUNTS = """
            UPDATE sync_run_account SET status = $3, reason = $4
            WHERE tenant_id = $1 AND run_id = $2 AND status IN ('WAITING', 'READING')""";

    /** Rows that were named and not read are named by nobody again, and may lie outside of every window. */
    private static final String READ_ALL_NEXT = """
            UPDATE account a SET full_read_at = NULL
            WHERE a.tenant_id = $1 AND a.connection_id = $2 AND a.provider_id = ANY($4) AND a.full_read_at IS NOT NULL
                AND NOT EXISTS (
                    SELECT FROM sync_run_account r WHERE r.tenant_id = $1 AND r.run_id = $3 AND r.account_id = a.id
                    AND r.product = 'TRANSACTIONS' AND r.status = 'SUCCEEDED')""";

    private final Ledger ledger;
    private final Inbox inbox;
    private final Outbox outbox;
    private final InboxMetrics metrics;

    @Inject
    public Endings(Ledger ledger, Inbox inbox, Outbox outbox, InboxMetrics metrics) {
        this.ledger = ledger;
        this.metrics = metrics;
        this.inbox = inbox;
        this.outbox = outbox;
    }

    /**
     * Ends a run for good.
     *
     * @param touched provider ids of the accounts of which its events named rows; those among them that the run did not read
     *     to their end are read in full next time
     */
    public Uni<Void> finish(LeasedRun run, Outcome.Finished outcome, Set<String> touched) {
        return ledger.ofTenant(run.tenantId(), connection -> finish(connection, run, outcome)
                        .chain(() ->
                                touched.isEmpty() ? Uni.createFrom().voidItem() : readAllNext(connection, run, touched))
                        .chain(() -> inbox.processed(connection, run.tenantId(), run.id())))
                .invoke(metrics::processed)
                .invoke(outbox::wake)
                .replaceWithVoid();
    }

    /**
     * Ends a run that nobody works on, in the caller's transaction; call {@link Outbox#wake} after its commit. Does
     * nothing when the run neither waits nor is queued.
     */
    public Uni<Void> end(SqlConnection connection, String tenantId, UUID runId, Outcome.Finished outcome) {
        return connection
                .preparedQuery(END)
                .execute(Tuple.of(tenantId, runId, outcome.status(), outcome.reason()))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : tell(connection, tenantId, outcome, rows.iterator().next()));
    }

    /**
     * Puts a run back. When another already waits for the connection, one of the two answers the events of both and the
     * other ends as superseded: a run that somebody asked for stays before one that only a notification brought.
     */
    public Uni<Void> postpone(LeasedRun run, Outcome.Postponed outcome) {
        return ledger.ofTenant(run.tenantId(), connection -> connection
                        .preparedQuery(SUCCESSOR)
                        .execute(Tuple.of(run.tenantId(), run.link().connectionId()))
                        .chain(rows -> {
                            RowIterator<Row> waiting = rows.iterator();
                            return waiting.hasNext()
                                    ? settle(connection, run, outcome, waiting.next())
                                    : putBack(connection, run, outcome);
                        }))
                .invoke(outbox::wake);
    }

    private Uni<Void> settle(SqlConnection connection, LeasedRun run, Outcome.Postponed outcome, Row waiting) {
        UUID other = waiting.getUUID("id");
        if (run.wasAskedFor() && !LeasedRun.wasAskedFor(waiting.getString("trigger"))) {
            return inbox.handOver(connection, run.tenantId(), other, run.id())
                    .chain(() -> end(connection, run.tenantId(), other, SUPERSEDED))
                    .chain(() -> putBack(connection, run, outcome));
        }
        return inbox.handOver(connection, run.tenantId(), run.id(), other)
                .chain(() -> finish(connection, run, SUPERSEDED));
    }

    private static Uni<Void> putBack(SqlConnection connection, LeasedRun run, Outcome.Postponed outcome) {
        Duration delay = outcome.delay();
        Tuple values = Tuple.of(run.tenantId(), run.id(), run.owner())
                .addString(outcome.reason())
                .addLong(delay.toMillis())
                .addBoolean(outcome.held());
        return connection
                .preparedQuery(POSTPONE)
                .execute(values)
                .chain(rows -> stillOurs(rows.rowCount()))
                .chain(() -> leave(connection, run, "WAITING", null));
    }

    private static Uni<Void> leave(SqlConnection connection, LeasedRun run, String status, String reason) {
        return connection
                .preparedQuery(ACCOUNTS)
                .execute(Tuple.of(run.tenantId(), run.id(), status, reason))
                .replaceWithVoid();
    }

    private Uni<Void> finish(SqlConnection connection, LeasedRun run, Outcome.Finished outcome) {
        Tuple values = Tuple.of(run.tenantId(), run.id(), outcome.status(), outcome.reason(), run.owner());
        return connection
                .preparedQuery(FINISH)
                .execute(values)
                .chain(rows -> rows.size() == 0
                        ? stillOurs(0)
                        : tell(
                                connection,
                                run.tenantId(),
                                outcome,
                                rows.iterator().next()))
                .chain(() -> leave(connection, run, "FAILED", outcome.reason()));
    }

    private static Uni<Void> readAllNext(SqlConnection connection, LeasedRun run, Set<String> touched) {
        return connection
                .preparedQuery(READ_ALL_NEXT)
                .execute(Tuple.of(run.tenantId(), run.link().connectionId(), run.id(), touched.toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static Uni<Void> stillOurs(int rows) {
        return rows == 1 ? Uni.createFrom().voidItem() : Uni.createFrom().failure(new LostLeaseException());
    }

    private Uni<Void> tell(SqlConnection connection, String tenantId, Outcome.Finished outcome, Row row) {
        SyncFinished event = new SyncFinished(
                tenantId,
                row.getUUID("connection_id"),
                row.getUUID("id"),
                row.getString("trigger"),
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
                List.of(row.getArrayOfUUIDs("account_ids")),
                outcome.readAsOf());
        return outbox.add(connection, event, row.getString("traceparent"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
