package dev.afluente.sync.run;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.link.Link;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The queue of runs. One run waits and one runs per connection, which two unique indexes guarantee over all instances.
 * A lease is a row with an end: a worker that dies simply stops renewing it.
 */
@ApplicationScoped
public class Runs {
    /** How long a run stays with a worker that says nothing: the longest a kill -9 delays a sync. */
    public static final int LEASE_SECONDS = 10;

    /** The notifications of one update come within moments of each other: waiting this long makes them one run. */
    public static final int GATHER_MS = 100;

    private static final String QUEUE = """
            INSERT INTO sync_run (tenant_id, id, connection_id, user_id, trigger, status, traceparent, not_before)
            VALUES ($1, $2, $3, $4, $5, 'QUEUED', $6, now() + make_interval(secs => $7 / 1000.0))
            ON CONFLICT (tenant_id, connection_id) WHERE status = 'QUEUED' DO UPDATE
            SET not_before = CASE WHEN sync_run.held THEN sync_run.not_before
                                  ELSE least(sync_run.not_before, EXCLUDED.not_before) END,
                attempt = CASE WHEN sync_run.held THEN sync_run.attempt ELSE 0 END
            RETURNING id""";

    private static final String ANY =
            "SELECT EXISTS (SELECT FROM sync_run WHERE tenant_id = $1 AND connection_id = $2)";

    private static final String LEASE = """
            WITH turns AS (
                SELECT d.tenant_id, d.id, row_number() OVER (PARTITION BY d.tenant_id, d.user_id ORDER BY d.not_before, d.id)
                    + coalesce(b.busy, 0) AS turn
                FROM sync_run d LEFT JOIN (
                    SELECT tenant_id, user_id, count(*) AS busy FROM sync_run
                    WHERE status = 'RUNNING' AND lease_until >= now() GROUP BY tenant_id, user_id) b
                    USING (tenant_id, user_id)
                WHERE (d.status = 'QUEUED' AND d.not_before <= now() AND EXISTS (
                          SELECT FROM link k WHERE k.tenant_id = d.tenant_id AND k.connection_id = d.connection_id)
                       AND NOT EXISTS (
                          SELECT FROM sync_run r WHERE r.tenant_id = d.tenant_id
                          AND r.connection_id = d.connection_id AND r.status = 'RUNNING'))
                   OR (d.status = 'RUNNING' AND d.lease_until < now())),
            due AS (
                SELECT q.tenant_id, q.id FROM sync_run q JOIN turns t USING (tenant_id, id)
                WHERE (q.status = 'QUEUED' AND q.not_before <= now()) OR (q.status = 'RUNNING' AND q.lease_until < now())
                ORDER BY t.turn, q.not_before LIMIT $3 FOR UPDATE OF q SKIP LOCKED)
            UPDATE sync_run s
            SET status = 'RUNNING', lease_owner = $1, lease_until = now() + make_interval(secs => $2),
                attempt = s.attempt + 1, started_at = coalesce(s.started_at, now()), held = false, reason = NULL,
                unchanged = 0, set_aside = 0
            FROM due JOIN link l USING (tenant_id)
            WHERE s.tenant_id = due.tenant_id AND s.id = due.id AND l.connection_id = s.connection_id
            RETURNING s.tenant_id, s.id, s.connection_id, l.user_id, s.trigger, s.traceparent, s.attempt,
                      l.provider, l.link_id, l.institution, l.removed""";

    /** Whose row is locked is being fenced, or ended: it renews itself, and must not keep the others from being renewed. */
    private static final String RENEW = """
            WITH idle AS (
                SELECT tenant_id, id FROM sync_run
                WHERE lease_owner = $1 AND status = 'RUNNING' AND id = ANY($3) FOR UPDATE SKIP LOCKED)
            UPDATE sync_run r SET lease_until = now() + make_interval(secs => $2)
            FROM idle WHERE r.tenant_id = idle.tenant_id AND r.id = idle.id""";

    private static final String GIVE_BACK = """
            UPDATE sync_run SET lease_until = now()
            WHERE lease_owner = $1 AND status = 'RUNNING' AND lease_until > now() AND id <> ALL($2)""";

    /** From now on and not from the transaction's beginning: it may have waited for its turn as long as a lease is. */
    private static final String FENCE = """
            WITH fenced AS (
                UPDATE sync_run SET lease_until = clock_timestamp() + make_interval(secs => $4), imported = imported + $5,
                    updated = updated + $6, removed = removed + $7, unchanged = unchanged + $8,
                    set_aside = set_aside + $9
                WHERE tenant_id = $1 AND id = $2 AND lease_owner = $3 AND status = 'RUNNING' RETURNING id),
            counted AS (
                UPDATE sync_run_account a SET imported = a.imported + $5, updated = a.updated + $6,
                    removed = a.removed + $7, unchanged = a.unchanged + $8, set_aside = a.set_aside + $9
                FROM fenced f WHERE a.tenant_id = $1 AND a.run_id = f.id AND a.status = 'READING')
            SELECT id FROM fenced""";

    private static final String FENCE_ONLY = """
            UPDATE sync_run SET lease_until = clock_timestamp() + make_interval(secs => $4)
            WHERE tenant_id = $1 AND id = $2 AND lease_owner = $3 AND status = 'RUNNING' RETURNING id""";

    private final Ledger ledger;

    @Inject
    public Runs(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Returns the run that will answer an event of this connection: the one that waits already, or a new one. What is new
     * is no older failure's fault: the run that waits starts counting its attempts anew.
     */
    public Uni<UUID> queue(SqlConnection connection, Link link, String trigger, String traceparent) {
        Tuple values = Tuple.tuple()
                .addString(link.tenantId())
                .addUUID(UuidCreator.getTimeOrderedEpoch())
                .addUUID(link.connectionId())
                .addString(link.userId())
                .addString(trigger)
                .addString(traceparent)
                .addInteger(GATHER_MS);
        return connection.preparedQuery(QUEUE).execute(values).map(rows -> rows.iterator()
                .next()
                .getUUID(0));
    }

    /** Tells whether a connection ever had a run. */
    public Uni<Boolean> any(SqlConnection connection, Link link) {
        return connection
                .preparedQuery(ANY)
                .execute(Tuple.of(link.tenantId(), link.connectionId()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /**
     * Takes at most {@code limit} runs that are due, or whose worker fell silent. Users take turns: who has fewer runs at
     * work comes first, so somebody with a thousand due delays nobody else by more than one.
     */
    public Uni<List<LeasedRun>> lease(UUID owner, int limit) {
        return ledger.ofAll(
                        connection -> connection.preparedQuery(LEASE).execute(Tuple.of(owner, LEASE_SECONDS, limit)))
                .map(rows -> {
                    List<LeasedRun> leased = new ArrayList<>();
                    rows.forEach(row -> leased.add(leased(row, owner)));
                    return leased;
                });
    }

    /** Keeps the leases of runs that are at work. */
    public Uni<Void> renew(UUID owner, Collection<UUID> runs) {
        return ledger.ofAll(connection -> connection
                        .preparedQuery(RENEW)
                        .execute(Tuple.of(owner, LEASE_SECONDS, runs.toArray(UUID[]::new))))
                .replaceWithVoid();
    }

    /**
     * Ends the leases that an owner has and does not work under: the news of a lease was lost on its way, or the end of a
     * run could not be written down. Nobody has to wait until they run out.
     */
    public Uni<Void> giveBack(UUID owner, Collection<UUID> working) {
        return ledger.ofAll(connection ->
                        connection.preparedQuery(GIVE_BACK).execute(Tuple.of(owner, working.toArray(UUID[]::new))))
                .replaceWithVoid();
    }

    /**
     * Adds to the counts of a run and of the account it reads, inside the transaction that made the changes, and fails it
     * when the run is no longer ours. Fails with {@link LostLeaseException}.
     */
    public Uni<Void> count(SqlConnection connection, LeasedRun run, Tally tally) {
        boolean nothing = tally.equals(Tally.NOTHING);
        Tuple values = Tuple.of(run.tenantId(), run.id(), run.owner(), LEASE_SECONDS);
        if (!nothing) {
            values.addLong(tally.imported())
                    .addLong(tally.updated())
                    .addLong(tally.removed())
                    .addLong(tally.unchanged())
                    .addLong(tally.setAside());
        }
        return connection
                .preparedQuery(nothing ? FENCE_ONLY : FENCE)
                .execute(values)
                .chain(rows -> rows.size() == 1
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new LostLeaseException()));
    }

    private static LeasedRun leased(Row row, UUID owner) {
        Link link = new Link(
                row.getString("tenant_id"),
                row.getUUID("connection_id"),
                row.getString("user_id"),
                row.getString("provider"),
                row.getString("link_id"),
                row.getString("institution"));
        return new LeasedRun(
                row.getUUID("id"),
                link,
                row.getBoolean("removed"),
                row.getString("trigger"),
                row.getString("traceparent"),
                row.getInteger("attempt"),
                owner);
    }
}
