package dev.afluente.connections.sweep;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.database.Statements;
import dev.afluente.model.event.SyncFinished;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * Up to which of the provider's instants a connection has been read into the ledger, as the runs told, when the provider
 * last said that there is something to read, and for what the sweep has asked. Unless it says otherwise, every method runs in a transaction that holds the connection's row.
 */
@Singleton
public class Reads {
    private static final String TOLD = """
            INSERT INTO reads AS r (tenant_id, connection_id, read_as_of, asked) VALUES (:tenant, :id, :at, 0)
            ON CONFLICT (tenant_id, connection_id) DO UPDATE SET read_as_of = EXCLUDED.read_as_of
            WHERE r.read_as_of IS NULL OR r.read_as_of < EXCLUDED.read_as_of""";

    private static final String HEARD = """
            INSERT INTO reads AS r (tenant_id, connection_id, asked, heard_at)
            SELECT tenant_id, id, 0, :at FROM connections
            WHERE provider = :provider AND link_id = :link AND removed_at IS NULL
            ON CONFLICT (tenant_id, connection_id) DO UPDATE SET heard_at = greatest(r.heard_at, EXCLUDED.heard_at)""";

    private static final String OF = """
            SELECT read_as_of, heard_at, asked_for, asked FROM reads
            WHERE tenant_id = :tenant AND connection_id = :id""";

    private static final String ASKED = """
            INSERT INTO reads AS r (tenant_id, connection_id, asked_for, asked) VALUES (:tenant, :id, :at, 1)
            ON CONFLICT (tenant_id, connection_id) DO UPDATE
            SET asked_for = EXCLUDED.asked_for, asked = CASE WHEN r.asked_for = EXCLUDED.asked_for THEN r.asked + 1 ELSE 1 END""";

    /** Takes in what a run read; of several the furthest counts. */
    public Uni<Void> told(Connection connection, SyncFinished run) {
        return run.readAsOf() == null ? Uni.createFrom().voidItem() : write(TOLD, connection, run.readAsOf());
    }

    /**
     * Takes in that the provider said it had read a link's bank, for whoever has connected it; over all tenants and
     * without a lock.
     *
     * @param at when it said so, by our clock
     */
    public Uni<Void> heard(String provider, String linkId, Instant at) {
        return write(HEARD, Map.of("provider", provider, "link", linkId, "at", at));
    }

    /** Returns how far a connection has been read. */
    Uni<Reading> of(Connection connection) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OF, Object[].class)
                        .setParameter("tenant", connection.tenantId())
                        .setParameter("id", connection.id())
                        .getSingleResultOrNull())
                .map(row -> row == null
                        ? Reading.NEVER
                        : new Reading(instant(row[0]), instant(row[1]), instant(row[2]), ((Number) row[3]).intValue()));
    }

    /** Takes in that a run was asked for, because of what the provider had read by then. */
    Uni<Void> asked(Connection connection, Instant because) {
        return write(ASKED, connection, because);
    }

    private static Instant instant(Object time) {
        return time == null ? null : ((OffsetDateTime) time).toInstant();
    }

    private static Uni<Void> write(String sql, Connection connection, Instant at) {
        return write(sql, Map.of("tenant", connection.tenantId(), "id", connection.id(), "at", at));
    }

    private static Uni<Void> write(String sql, Map<String, Object> values) {
        return Statements.write(sql, values).replaceWithVoid();
    }
}
