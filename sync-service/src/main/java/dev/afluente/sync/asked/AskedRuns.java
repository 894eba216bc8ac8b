package dev.afluente.sync.asked;

import dev.afluente.model.event.SyncRequest;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.run.Endings;
import dev.afluente.sync.run.Outcome;
import dev.afluente.sync.run.Runs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Runs under an id that somebody else made: they wait for the provider, are released into the queue or abandoned, each
 * once. When one enters the queue while another run waits there, it takes over what that one was to answer, and that
 * one ends as superseded: a connection never has two queued runs. Every method runs in the caller's transaction, which
 * holds the connection ({@link dev.afluente.sync.link.Links#guardRuns}).
 */
@ApplicationScoped
public class AskedRuns {
    /** Why a run that waits has not begun. */
    public static final String WAITING = "waiting_for_provider";

    private static final Set<String> ABANDONED_AS = Set.of("FAILED", "NEEDS_USER");

    private static final String ASK = """
            INSERT INTO sync_run (tenant_id, id, connection_id, user_id, trigger, status, reason, traceparent, waits_until)
            VALUES ($1, $2, $3, $4, $5, 'WAITING_PROVIDER', $6, $7, now() + make_interval(secs => $8))
            ON CONFLICT (tenant_id, id) DO NOTHING""";

    private static final String KNOWN = "SELECT FROM sync_run WHERE tenant_id = $1 AND id = $2";

    private static final String WAITING_OF = """
            SELECT id FROM sync_run
            WHERE tenant_id = $1 AND connection_id = $2 AND status = 'WAITING_PROVIDER' ORDER BY id""";

    private static final String QUEUED_OF = """
            SELECT id FROM sync_run
            WHERE tenant_id = $1 AND connection_id = $2 AND status = 'QUEUED' FOR UPDATE""";

    private static final String RELEASABLE = """
            SELECT FROM sync_run
            WHERE tenant_id = $1 AND id = $2 AND connection_id = $3 AND status = 'WAITING_PROVIDER' FOR UPDATE""";

    /** A provider that asked to be left alone is, whichever run is next. */
    private static final String RELEASE = """
            UPDATE sync_run w SET status = 'QUEUED', reason = NULL, waits_until = NULL, held = coalesce(q.held, false),
                not_before = CASE WHEN q.held THEN q.not_before ELSE now() + make_interval(secs => $4 / 1000.0) END
            FROM (SELECT $3::uuid AS id) p LEFT JOIN sync_run q ON q.tenant_id = $1 AND q.id = p.id
            WHERE w.tenant_id = $1 AND w.id = $2""";

    private final Inbox inbox;
    private final Endings endings;
    private final int patienceSeconds;

    /** @param patience {@code afluente.sync.provider-patience}: a waiting run is released by itself after this long */
    @Inject
    public AskedRuns(
            Inbox inbox,
            Endings endings,
            @ConfigProperty(name = "afluente.sync.provider-patience", defaultValue = "PT30M") Duration patience) {
        this.inbox = inbox;
        this.endings = endings;
        this.patienceSeconds = Math.toIntExact(patience.toSeconds());
    }

    /**
     * Makes the run unless it is there already.
     *
     * @param mayBegin whether the provider need not be waited for
     */
    public Uni<Void> request(
            SqlConnection connection, SyncRequest.Requested wanted, boolean mayBegin, String traceparent) {
        Tuple values = Tuple.tuple()
                .addString(wanted.tenantId())
                .addUUID(wanted.runId())
                .addUUID(wanted.connectionId())
                .addString(wanted.userId())
                .addString(wanted.trigger())
                .addString(WAITING)
                .addString(traceparent)
                .addInteger(patienceSeconds);
        return connection
                .preparedQuery(ASK)
                .execute(values)
                .chain(rows -> rows.rowCount() == 1 && mayBegin
                        ? release(connection, wanted.tenantId(), wanted.connectionId(), wanted.runId())
                        : Uni.createFrom().voidItem());
    }

    /** Tells whether a run exists, in whatever state. */
    public Uni<Boolean> isKnown(SqlConnection connection, String tenantId, UUID runId) {
        return connection
                .preparedQuery(KNOWN)
                .execute(Tuple.of(tenantId, runId))
                .map(rows -> rows.size() == 1);
    }

    /** Puts a waiting run into the queue; does nothing when it no longer waits. */
    public Uni<Void> release(SqlConnection connection, String tenantId, UUID connectionId, UUID runId) {
        return connection
                .preparedQuery(RELEASABLE)
                .execute(Tuple.of(tenantId, runId, connectionId))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : queued(connection, tenantId, connectionId)
                                .chain(queued -> takeOver(connection, tenantId, runId, queued)));
    }

    /** Releases every run that waits for this connection's provider; returns the one now queued, null when none waited. */
    public Uni<UUID> releaseAll(SqlConnection connection, String tenantId, UUID connectionId) {
        return connection
                .preparedQuery(WAITING_OF)
                .execute(Tuple.of(tenantId, connectionId))
                .map(AskedRuns::ids)
                .chain(waiting -> Multi.createFrom()
                        .iterable(waiting)
                        .onItem()
                        .transformToUniAndConcatenate(run ->
                                release(connection, tenantId, connectionId, run).replaceWith(run))
                        .collect()
                        .last());
    }

    /** Ends a waiting run without reading; does nothing when it no longer waits. */
    public Uni<Void> abandon(SqlConnection connection, SyncRequest.Abandoned told) {
        String status = ABANDONED_AS.contains(told.status()) ? told.status() : "FAILED";
        return connection
                .preparedQuery(RELEASABLE)
                .execute(Tuple.of(told.tenantId(), told.runId(), told.connectionId()))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : endings.end(
                                connection,
                                told.tenantId(),
                                told.runId(),
                                new Outcome.Finished(status, told.reason())));
    }

    private static Uni<UUID> queued(SqlConnection connection, String tenantId, UUID connectionId) {
        return connection
                .preparedQuery(QUEUED_OF)
                .execute(Tuple.of(tenantId, connectionId))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID(0));
    }

    private Uni<Void> takeOver(SqlConnection connection, String tenantId, UUID runId, UUID queued) {
        Uni<Void> cleared = queued == null
                ? Uni.createFrom().voidItem()
                : inbox.handOver(connection, tenantId, queued, runId)
                        .chain(() -> endings.end(connection, tenantId, queued, Endings.SUPERSEDED));
        return cleared.chain(() ->
                        connection.preparedQuery(RELEASE).execute(Tuple.of(tenantId, runId, queued, Runs.GATHER_MS)))
                .replaceWithVoid();
    }

    private static List<UUID> ids(Iterable<Row> rows) {
        List<UUID> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getUUID(0)));
        return ids;
    }
}
