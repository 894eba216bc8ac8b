package dev.afluente.connections.check;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The questions that are due, one per connection at most. Every method runs in the caller's transaction. A question is
 * taken by one instance at a time; one asked anew while it is being answered stays due, so no reason to ask is lost.
 */
@Singleton
public class StateChecks {
    private static final String DUE = """
            INSERT INTO state_checks (tenant_id, connection_id, due_at, attempts, traceparent)
            VALUES (:tenant, :id, :at, 0, :trace)
            ON CONFLICT (tenant_id, connection_id) DO UPDATE
            SET due_at = EXCLUDED.due_at, attempts = 0, traceparent = EXCLUDED.traceparent""";

    private static final String DUE_FOR_LINK = """
            INSERT INTO state_checks (tenant_id, connection_id, due_at, attempts, traceparent)
            SELECT tenant_id, id, :at, 0, :trace FROM connections
            WHERE provider = :provider AND link_id = :link AND removed_at IS NULL
            ON CONFLICT (tenant_id, connection_id) DO UPDATE
            SET due_at = EXCLUDED.due_at, attempts = 0, traceparent = EXCLUDED.traceparent""";

    private static final String TAKE = """
            UPDATE state_checks SET due_at = :until, attempts = attempts + 1
            WHERE (tenant_id, connection_id) IN (
                SELECT tenant_id, connection_id FROM state_checks WHERE due_at <= :now
                ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING *""";

    private static final String CLOSE =
            "DELETE FROM state_checks WHERE tenant_id = :tenant AND connection_id = :id AND due_at = :claim";

    private static final String POSTPONE =
            "UPDATE state_checks SET due_at = :at WHERE tenant_id = :tenant AND connection_id = :id AND due_at = :claim";

    /** Makes the question about a connection due. */
    public Uni<Void> due(String tenant, UUID connection, Instant at, String traceparent) {
        return run(DUE, Map.of("tenant", tenant, "id", connection, "at", at, "trace", traceparent))
                .replaceWithVoid();
    }

    /**
     * Makes the question due for whoever has connected this link.
     *
     * @return false when nobody has
     */
    public Uni<Boolean> dueForLink(String provider, String linkId, Instant at, String traceparent) {
        return run(DUE_FOR_LINK, Map.of("provider", provider, "link", linkId, "at", at, "trace", traceparent))
                .map(rows -> rows > 0);
    }

    /** Takes at most {@code most} due questions; another instance may take them from {@code until} on. */
    Uni<List<StateCheck>> take(Instant now, Instant until, int most) {
        return Panache.getSession().chain(session -> session.createNativeQuery(TAKE, StateCheck.class)
                .setParameter("until", until)
                .setParameter("now", now)
                .setParameter("most", most)
                .getResultList());
    }

    /** Ends a question, unless it was asked anew since it was taken. */
    Uni<Void> close(StateCheck taken) {
        return run(CLOSE, claim(taken)).replaceWithVoid();
    }

    /** Puts a question off, unless it was asked anew since it was taken. */
    Uni<Void> postpone(StateCheck taken, Instant at) {
        Map<String, Object> claim = claim(taken);
        return run(
                        POSTPONE,
                        Map.of(
                                "tenant", claim.get("tenant"),
                                "id", claim.get("id"),
                                "claim", claim.get("claim"),
                                "at", at))
                .replaceWithVoid();
    }

    private static Map<String, Object> claim(StateCheck taken) {
        return Map.of("tenant", taken.tenantId, "id", taken.connectionId, "claim", taken.dueAt);
    }

    private static Uni<Integer> run(String sql, Map<String, Object> parameters) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(sql);
            parameters.forEach(query::setParameter);
            return query.executeUpdate();
        });
    }
}
