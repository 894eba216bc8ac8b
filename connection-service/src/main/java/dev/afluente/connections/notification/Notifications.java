package dev.afluente.connections.notification;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.database.Statements;
import dev.afluente.connections.notification.Needs.Cause;
import dev.afluente.model.http.Caller;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The stored notifications. Every method runs in the caller's transaction; those that write hold the connection's row. */
@Singleton
class Notifications implements PanacheRepositoryBase<Notification, Notification.Key> {
    private static final String RAISE = """
            INSERT INTO notifications (tenant_id, id, user_id, connection_id, kind, reason, due_at, raised_at)
            VALUES (:tenant, :id, :user, :connection, :kind, :reason, :due, :now)""";

    private static final String CLEAR =
            "UPDATE notifications SET cleared_at = :now WHERE tenant_id = :tenant AND id = :id";

    private static final String PUT_OFF =
            "UPDATE notifications SET due_at = :due WHERE tenant_id = :tenant AND id = :id";

    private static final String READ = """
            UPDATE notifications SET read_at = coalesce(read_at, :now)
            WHERE tenant_id = :tenant AND user_id = :user AND id = :id""";

    /** @param cleared whether those whose cause is gone are shown as well */
    record Filter(boolean unread, boolean cleared, UUID before) {}

    /** Returns what is open for a connection, at most one of a kind. */
    Uni<List<Notification>> open(Connection connection) {
        return find(
                        "tenantId = ?1 and connectionId = ?2 and clearedAt is null order by id",
                        connection.tenantId(),
                        connection.id())
                .list();
    }

    /** Returns at most {@code limit} of a person, newest first. */
    Uni<List<Notification>> page(Caller user, Filter filter, int limit) {
        StringBuilder wanted = new StringBuilder("tenantId = :tenant and userId = :user");
        Map<String, Object> values = new HashMap<>(Map.of("tenant", user.tenant(), "user", user.user()));
        if (!filter.cleared()) {
            wanted.append(" and clearedAt is null");
        }
        if (filter.unread()) {
            wanted.append(" and readAt is null");
        }
        if (filter.before() != null) {
            wanted.append(" and id < :before");
            values.put("before", filter.before());
        }
        return find(wanted.append(" order by id desc").toString(), values)
                .range(0, limit - 1)
                .list();
    }

    /** Returns a notification of a person; null when there is none. */
    Uni<Notification> ofUser(Caller user, UUID id) {
        return find("tenantId = ?1 and userId = ?2 and id = ?3", user.tenant(), user.user(), id)
                .firstResult();
    }

    /**
     * Takes in that the person has read it; the first time stays.
     *
     * @return false when they have no such notification
     */
    Uni<Boolean> read(Caller user, UUID id, Instant now) {
        return Statements.write(READ, Map.of("now", now, "tenant", user.tenant(), "user", user.user(), "id", id))
                .map(rows -> rows > 0);
    }

    /** Returns the id of the new notification, which grows with time. */
    Uni<UUID> raise(Connection connection, Cause cause, Instant now) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Map<String, Object> values = new HashMap<>();
        values.put("tenant", connection.tenantId());
        values.put("id", id);
        values.put("user", connection.userId());
        values.put("connection", connection.id());
        values.put("kind", cause.kind().name());
        values.put("reason", cause.reason());
        values.put("due", cause.dueAt());
        values.put("now", now);
        return Statements.write(RAISE, values).replaceWith(id);
    }

    /** Takes in that the cause is gone. */
    Uni<Void> clear(Notification open, Instant now) {
        return Statements.write(CLEAR, Map.of("now", now, "tenant", open.tenantId, "id", open.id))
                .replaceWithVoid();
    }

    /** Takes in that the same cause is due at another time. */
    Uni<Void> putOff(Notification open, Instant due) {
        Map<String, Object> values = new HashMap<>();
        values.put("due", due);
        values.put("tenant", open.tenantId);
        values.put("id", open.id);
        return Statements.write(PUT_OFF, values).replaceWithVoid();
    }
}
