package dev.afluente.sync.link;

import dev.afluente.model.event.ConnectionEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The links this service may read. Methods run on the caller's connection, inside its transaction.
 */
@ApplicationScoped
public class Links {
    private static final String GUARD =
            "SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM (SELECT unnest($1::text[]) AS k ORDER BY k) guarded";

    private static final String GUARD_RUNS = "SELECT pg_advisory_xact_lock(hashtextextended($1, 1))";

    private static final String REMOVED = "SELECT removed FROM link WHERE tenant_id = $1 AND connection_id = $2";

    private static final String UPSERT = """
            INSERT INTO link (tenant_id, connection_id, user_id, provider, link_id, institution, version, removed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant_id, connection_id) DO UPDATE
            SET link_id = EXCLUDED.link_id, institution = EXCLUDED.institution,
                version = EXCLUDED.version, removed = EXCLUDED.removed
            WHERE link.version < EXCLUDED.version""";

    private static final String ACTIVE = """
            SELECT tenant_id, connection_id, user_id, provider, link_id, institution FROM link
            WHERE provider = $1 AND link_id = ANY($2) AND NOT removed
            ORDER BY tenant_id, connection_id FOR UPDATE""";

    private static final String ONE = """
            SELECT tenant_id, connection_id, user_id, provider, link_id, institution FROM link
            WHERE tenant_id = $1 AND connection_id = $2 AND NOT removed FOR UPDATE""";

    /**
     * Makes whoever else works on these provider links wait for the end of this transaction. Taken before a look at the
     * links, it closes the gap in which an event finds no connection while the connection finds no event.
     */
    public Uni<Void> guard(SqlConnection connection, String provider, List<String> linkIds) {
        String[] keys = linkIds.stream().map(id -> provider + ":" + id).toArray(String[]::new);
        return connection.preparedQuery(GUARD).execute(Tuple.of(keys)).replaceWithVoid();
    }

    /**
     * Makes whoever else queues or steers runs of this connection wait for the end of this transaction, whether its link
     * is known or not. Taken after {@link #guard}.
     */
    public Uni<Void> guardRuns(SqlConnection connection, String tenantId, UUID connectionId) {
        return connection
                .preparedQuery(GUARD_RUNS)
                .execute(Tuple.of(tenantId + ":" + connectionId))
                .replaceWithVoid();
    }

    /**
     * Tells whether a connection is known to have been removed. Needs {@link #guardRuns}, which whoever writes a link holds, and
     * locks nothing: an intake of notifications locks links before it guards their runs, and the two would wait for each other.
     */
    public Uni<Boolean> isRemoved(SqlConnection connection, String tenantId, UUID connectionId) {
        return connection
                .preparedQuery(REMOVED)
                .execute(Tuple.of(tenantId, connectionId))
                .map(rows -> rows.size() == 1 && rows.iterator().next().getBoolean(0));
    }

    /** Stores what the event tells, unless something newer is known. Returns whether it was newer. */
    public Uni<Boolean> learn(SqlConnection connection, ConnectionEvent event) {
        ConnectionEvent.Link link = event.link();
        Tuple values = Tuple.tuple()
                .addString(event.tenantId())
                .addUUID(event.connectionId())
                .addString(event.userId())
                .addString(link.provider())
                .addString(link.id())
                .addString(link.institution() == null ? "" : link.institution())
                .addLong(event.version())
                .addBoolean(event instanceof ConnectionEvent.Removed);
        return connection.preparedQuery(UPSERT).execute(values).map(rows -> rows.rowCount() > 0);
    }

    /** Returns the active links among the given ones, locked until the transaction ends. */
    public Uni<List<Link>> lockActive(SqlConnection connection, String provider, List<String> linkIds) {
        return connection
                .preparedQuery(ACTIVE)
                .execute(Tuple.of(provider, linkIds.toArray(String[]::new)))
                .map(rows -> {
                    List<Link> links = new ArrayList<>();
                    rows.forEach(row -> links.add(link(row)));
                    return links;
                });
    }

    /** Returns one active link, locked until the transaction ends; null when there is none. */
    public Uni<Link> lock(SqlConnection connection, String tenantId, UUID connectionId) {
        return connection
                .preparedQuery(ONE)
                .execute(Tuple.of(tenantId, connectionId))
                .map(rows -> rows.size() == 0 ? null : link(rows.iterator().next()));
    }

    private static Link link(Row row) {
        return new Link(
                row.getString("tenant_id"),
                row.getUUID("connection_id"),
                row.getString("user_id"),
                row.getString("provider"),
                row.getString("link_id"),
                row.getString("institution"));
    }
}
