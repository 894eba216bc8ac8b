package dev.afluente.connections.connection;

import dev.afluente.model.http.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The stored connections. Every method runs in the caller's transaction and asks for no more than one tenant. */
@Singleton
public class Connections implements PanacheRepositoryBase<Connection, ConnectionKey> {
    private static final String CLAIM = """
            INSERT INTO connections (tenant_id, id, user_id, provider, link_id, version, created_at)
            VALUES (:tenant, :id, :user, :provider, :link, 0, :now)
            ON CONFLICT (tenant_id, provider, link_id) DO NOTHING""";

    private static final String OF_USER = "tenantId = ?1 and userId = ?2 and removedAt is null";

    /**
     * Makes the row of a link unless it is there. Of callers at the same moment one makes it; the others wait for that
     * one's commit and find it there.
     *
     * @param id what the row gets if this call makes it
     * @return whether this call made it
     */
    Uni<Boolean> claim(UUID id, Caller owner, String provider, String linkId, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(CLAIM)
                        .setParameter("tenant", owner.tenant())
                        .setParameter("id", id)
                        .setParameter("user", owner.user())
                        .setParameter("provider", provider)
                        .setParameter("link", linkId)
                        .setParameter("now", now)
                        .executeUpdate())
                .map(rows -> rows == 1);
    }

    /** Returns the connection of a link, removed or not, with its row locked; null when there is none. */
    Uni<Connection> lockedByLink(String tenant, String provider, String linkId) {
        return find("tenantId = ?1 and provider = ?2 and linkId = ?3", tenant, provider, linkId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** Returns a connection, removed or not, with its row locked; null when there is none. */
    public Uni<Connection> locked(String tenant, UUID id) {
        return findById(new ConnectionKey(tenant, id), LockModeType.PESSIMISTIC_WRITE);
    }

    /** Returns a connection, removed or not; null when there is none. */
    public Uni<Connection> known(String tenant, UUID id) {
        return findById(new ConnectionKey(tenant, id));
    }

    /** Returns a connection of this user; null when there is none. */
    public Uni<Connection> ofUser(Caller user, UUID id) {
        return find(OF_USER + " and id = ?3", user.tenant(), user.user(), id).firstResult();
    }

    /** Tells whether the user has a connection over this link. */
    public Uni<Boolean> isOfUser(Caller user, String provider, String linkId) {
        return count(OF_USER + " and provider = ?3 and linkId = ?4", user.tenant(), user.user(), provider, linkId)
                .map(rows -> rows > 0);
    }

    /** Returns at most {@code limit} connections of this user, newest first, older than {@code before} when given. */
    Uni<List<Connection>> page(Caller user, UUID before, int limit) {
        var rows = before == null
                ? find(OF_USER + " order by id desc", user.tenant(), user.user())
                : find(OF_USER + " and id < ?3 order by id desc", user.tenant(), user.user(), before);
        return rows.range(0, limit - 1).list();
    }
}
