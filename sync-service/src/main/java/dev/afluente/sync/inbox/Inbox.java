package dev.afluente.sync.inbox;

import dev.afluente.sync.link.Link;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Every event received, once. Methods run on the caller's connection, inside its transaction: an event is in the inbox
 * exactly when its effect is in the database.
 */
@ApplicationScoped
public class Inbox {
    private static final String INSERT = """
            INSERT INTO inbox (event_id, provider, link_id, kind, data, state, reason, traceparent)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (event_id) DO NOTHING RETURNING event_id""";

    private static final String ATTACH = """
            UPDATE inbox SET state = 'QUEUED', tenant_id = $1, run_id = $2
            WHERE provider = $3 AND link_id = $4 AND state = 'WAITING'""";

    private static final String HAS_WAITING =
            "SELECT EXISTS (SELECT FROM inbox WHERE provider = $1 AND link_id = $2 AND state = 'WAITING')";

    private static final String WAITING = """
            SELECT kind, data, received_at FROM inbox
            WHERE provider = $1 AND link_id = $2 AND state = 'WAITING' ORDER BY received_at""";

    private static final String SETTLE = """
            UPDATE inbox SET state = 'PROCESSED', tenant_id = $3
            WHERE provider = $1 AND link_id = $2 AND state = 'WAITING'""";

    private static final String OF_RUN =
            "SELECT kind, data, received_at FROM inbox WHERE tenant_id = $1 AND run_id = $2 AND state = 'QUEUED' ORDER BY received_at";

    private static final String PROCESSED =
            "UPDATE inbox SET state = 'PROCESSED' WHERE tenant_id = $1 AND run_id = $2 AND state = 'QUEUED'";

    private static final String HAND_OVER =
            "UPDATE inbox SET run_id = $3 WHERE tenant_id = $1 AND run_id = $2 AND state = 'QUEUED'";

    /** Stores the entries not seen before and returns those. */
    public Uni<List<InboxEntry>> add(SqlConnection connection, List<InboxEntry> entries) {
        List<Tuple> values = entries.stream().map(Inbox::values).toList();
        return connection.preparedQuery(INSERT).executeBatch(values).map(rows -> {
            Set<String> added = new HashSet<>();
            for (var result = rows; result != null; result = result.next()) {
                RowIterator<Row> row = result.iterator();
                if (row.hasNext()) {
                    added.add(row.next().getString(0));
                }
            }
            return entries.stream()
                    .filter(entry -> added.contains(entry.eventId()))
                    .collect(Collectors.toList());
        });
    }

    /** Gives all events that waited for a link to a run of its connection. */
    public Uni<Void> attach(SqlConnection connection, Link link, UUID runId) {
        return connection
                .preparedQuery(ATTACH)
                .execute(Tuple.of(link.tenantId(), runId, link.provider(), link.linkId()))
                .replaceWithVoid();
    }

    /** Tells whether events wait for a link. */
    public Uni<Boolean> hasWaiting(SqlConnection connection, Link link) {
        return connection
                .preparedQuery(HAS_WAITING)
                .execute(Tuple.of(link.provider(), link.linkId()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Returns what the events of a run said, oldest first. */
    public Uni<List<Received>> ofRun(SqlConnection connection, String tenantId, UUID runId) {
        return connection
                .preparedQuery(OF_RUN)
                .execute(Tuple.of(tenantId, runId))
                .map(Inbox::received);
    }

    /** Returns the events that wait for a link, oldest first. */
    public Uni<List<Received>> waiting(SqlConnection connection, String provider, String linkId) {
        return connection
                .preparedQuery(WAITING)
                .execute(Tuple.of(provider, linkId))
                .map(Inbox::received);
    }

    /** Marks the events that waited for a link as done with. */
    public Uni<Void> settle(SqlConnection connection, String provider, String linkId, String tenantId) {
        return connection
                .preparedQuery(SETTLE)
                .execute(Tuple.of(provider, linkId, tenantId))
                .replaceWithVoid();
    }

    /** Marks the events of a run as done with, and returns how many it were. */
    public Uni<Integer> processed(SqlConnection connection, String tenantId, UUID runId) {
        return connection
                .preparedQuery(PROCESSED)
                .execute(Tuple.of(tenantId, runId))
                .map(SqlResult::rowCount);
    }

    /** Lets another run answer the events of a run that will not. */
    public Uni<Void> handOver(SqlConnection connection, String tenantId, UUID runId, UUID successor) {
        return connection
                .preparedQuery(HAND_OVER)
                .execute(Tuple.of(tenantId, runId, successor))
                .replaceWithVoid();
    }

    /** An event's kind and raw body, and when it came. */
    public record Received(String kind, Buffer data, Instant at) {}

    private static List<Received> received(Iterable<Row> rows) {
        List<Received> received = new ArrayList<>();
        rows.forEach(row -> received.add(new Received(
                row.getString("kind"),
                row.getBuffer("data").getDelegate(),
                row.getOffsetDateTime("received_at").toInstant())));
        return received;
    }

    private static Tuple values(InboxEntry entry) {
        return Tuple.tuple()
                .addString(entry.eventId())
                .addString(entry.provider())
                .addString(entry.linkId())
                .addString(entry.kind())
                .addValue(entry.data())
                .addString(entry.state())
                .addString(entry.reason())
                .addString(entry.traceparent());
    }
}
