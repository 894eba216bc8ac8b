package dev.afluente.connections.task;

import dev.afluente.connections.database.Statements;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is to be done for connections and when, one row per connection and kind. Every method runs in the caller's
 * transaction. A task is held by one instance at a time; one that becomes due anew while it is being done stays due, so
 * no reason to do it is lost.
 */
@Singleton
public class Tasks {
    /** How long an instance that says nothing is believed to be at work: the longest a kill -9 delays a task. */
    static final int ALIVE_SECONDS = 10;

    private static final String DUE = """
            INSERT INTO tasks (tenant_id, connection_id, kind, due_at, attempts, traceparent)
            VALUES (:tenant, :id, :kind, :at, 0, :trace)
            ON CONFLICT (tenant_id, connection_id, kind) DO UPDATE
            SET due_at = EXCLUDED.due_at, attempts = 0, traceparent = EXCLUDED.traceparent, alive_until = NULL""";

    private static final String DUE_UNLESS_THERE = """
            INSERT INTO tasks (tenant_id, connection_id, kind, due_at, attempts, traceparent)
            VALUES (:tenant, :id, :kind, :at, 0, :trace)
            ON CONFLICT (tenant_id, connection_id, kind) DO NOTHING""";

    private static final String DUE_FOR_LINK = """
            INSERT INTO tasks (tenant_id, connection_id, kind, due_at, attempts, traceparent)
            SELECT tenant_id, id, :kind, :at, 0, :trace FROM connections
            WHERE provider = :provider AND link_id = :link AND removed_at IS NULL
            ON CONFLICT (tenant_id, connection_id, kind) DO UPDATE
            SET due_at = EXCLUDED.due_at, attempts = 0, traceparent = EXCLUDED.traceparent, alive_until = NULL""";

    private static final String TAKE = """
            UPDATE tasks SET due_at = :until, attempts = attempts + 1, alive_until = now() + interval '%1$d s'
            WHERE (tenant_id, connection_id, kind) IN (
                SELECT tenant_id, connection_id, kind FROM tasks
                WHERE (due_at <= :now OR alive_until <= now()) AND kind IN (:kinds)
                ORDER BY coalesce(first_at <= now(), false) DESC, due_at LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING tenant_id, connection_id, kind, due_at, attempts, traceparent""".formatted(ALIVE_SECONDS);

    private static final String ATTEND = """
            UPDATE tasks SET alive_until = now() + interval '%1$d s'
            WHERE tenant_id = :tenant AND connection_id = :id AND kind = :kind""".formatted(ALIVE_SECONDS);

    private static final String KEEP = ATTEND + " AND alive_until IS NOT NULL";

    private static final String LEAVE = """
            UPDATE tasks SET alive_until = NULL
            WHERE tenant_id = :tenant AND connection_id = :id AND kind = :kind AND due_at = :claim""";

    private static final String HOLDS = """
            SELECT 1 FROM tasks
            WHERE tenant_id = :tenant AND connection_id = :id AND kind = :kind AND due_at = :claim FOR UPDATE""";

    private static final String CLOSE = """
            DELETE FROM tasks
            WHERE tenant_id = :tenant AND connection_id = :id AND kind = :kind AND due_at = :claim""";

    private static final String POSTPONE = """
            UPDATE tasks SET due_at = :at, alive_until = NULL
            WHERE tenant_id = :tenant AND connection_id = :id AND kind = :kind AND due_at = :claim""";

    private static final String RENEW = """
            UPDATE tasks SET due_at = :at, attempts = 0, since = now(), first_at = nullif(:first, to_timestamp(0)),
                alive_until = NULL
            WHERE tenant_id = :tenant AND connection_id = :id AND kind = :kind AND due_at = :claim""";

    private static final String DROP =
            "DELETE FROM tasks WHERE tenant_id = :tenant AND connection_id = :id AND kind IN (:kinds)";

    /** Makes work on a connection due, whether it was before or not. */
    public Uni<Void> due(String tenant, UUID connection, String kind, Instant at, String traceparent) {
        return Statements.write(
                        DUE, Map.of("tenant", tenant, "id", connection, "kind", kind, "at", at, "trace", traceparent))
                .replaceWithVoid();
    }

    /** Makes work on a connection due, unless it is already, earlier or later, or is being done. */
    public Uni<Void> dueUnlessThere(String tenant, UUID connection, String kind, Instant at, String traceparent) {
        Map<String, Object> values =
                Map.of("tenant", tenant, "id", connection, "kind", kind, "at", at, "trace", traceparent);
        return Statements.write(DUE_UNLESS_THERE, values).replaceWithVoid();
    }

    /**
     * Makes work due for whoever has connected this link, over all tenants.
     *
     * @return false when nobody has
     */
    public Uni<Boolean> dueForLink(String provider, String linkId, String kind, Instant at, String traceparent) {
        Map<String, Object> values =
                Map.of("provider", provider, "link", linkId, "kind", kind, "at", at, "trace", traceparent);
        return Statements.write(DUE_FOR_LINK, values).map(rows -> rows > 0);
    }

    /**
     * Takes at most {@code most} due tasks of all tenants, and those whose instance fell silent. Another instance may take
     * them from {@code until} on, and once nobody has {@linkplain #keep kept} them for {@value #ALIVE_SECONDS} s.
     */
    Uni<List<Task>> take(Collection<String> kinds, Instant now, Instant until, int most) {
        return Panache.getSession().chain(session -> session.createNativeQuery(TAKE, Task.class)
                .setParameter("until", until)
                .setParameter("now", now)
                .setParameter("kinds", kinds)
                .setParameter("most", most)
                .getResultList());
    }

    /**
     * Tells whether a task is still in the hands of whoever took it, and keeps it there until the transaction ends:
     * what must happen once per task is done behind this question.
     */
    public Uni<Boolean> holds(Task taken) {
        return Panache.getSession()
                .chain(session -> {
                    var query = session.createNativeQuery(HOLDS, Integer.class);
                    claim(taken).forEach(query::setParameter);
                    return query.getResultList();
                })
                .map(rows -> !rows.isEmpty());
    }

    /**
     * Tells that somebody is at work on what a task would do, outside of any round: from now on the task is due once nobody
     * has kept it for {@value #ALIVE_SECONDS} s, or when it is anyway.
     */
    public Uni<Void> attend(String tenant, UUID connection, String kind) {
        return Statements.write(ATTEND, Map.of("tenant", tenant, "id", connection, "kind", kind))
                .replaceWithVoid();
    }

    /** Tells that somebody is still at work on a task, unless nobody is. */
    Uni<Void> keep(String tenant, UUID connection, String kind) {
        return Statements.write(KEEP, Map.of("tenant", tenant, "id", connection, "kind", kind))
                .replaceWithVoid();
    }

    /** Tells that nobody is at work on a task; it rests until the end of its claim. */
    Uni<Void> leave(Task taken) {
        return Statements.write(LEAVE, claim(taken)).replaceWithVoid();
    }

    /** Ends a task, unless it became due anew since it was taken. */
    public Uni<Void> close(Task taken) {
        return Statements.write(CLOSE, claim(taken)).replaceWithVoid();
    }

    /** Puts a task off, unless it became due anew since it was taken. */
    public Uni<Void> postpone(Task taken, Instant at) {
        Map<String, Object> values = new HashMap<>(claim(taken));
        values.put("at", at);
        return Statements.write(POSTPONE, values).replaceWithVoid();
    }

    /** Ends a task, unless it became due anew since it was taken, and makes the same work due for the next time. */
    public Uni<Void> renew(Task taken, Instant at) {
        return renew(taken, at, null);
    }

    /**
     * As above, and from {@code first} on the work goes before other work of its kind that is due.
     *
     * @param first null for never
     */
    public Uni<Void> renew(Task taken, Instant at, Instant first) {
        Map<String, Object> values = new HashMap<>(claim(taken));
        values.put("at", at);
        values.put("first", first == null ? Instant.EPOCH : first);
        return Statements.write(RENEW, values).replaceWithVoid();
    }

    /** Forgets work on a connection, also what is being done at the moment. */
    public Uni<Void> drop(String tenant, UUID connection, Collection<String> kinds) {
        return Statements.write(DROP, Map.of("tenant", tenant, "id", connection, "kinds", kinds))
                .replaceWithVoid();
    }

    private static Map<String, Object> claim(Task taken) {
        return Map.of("tenant", taken.tenantId, "id", taken.connectionId, "kind", taken.kind, "claim", taken.dueAt);
    }
}
