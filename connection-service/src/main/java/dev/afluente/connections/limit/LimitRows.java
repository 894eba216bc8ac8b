package dev.afluente.connections.limit;

import dev.afluente.model.http.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The generic cell rate algorithm in one statement, so that callers at the same moment, on whichever instance, pass one
 * after the other through the row. The time is the database's, the only clock all instances share. Runs in the
 * caller's transaction.
 */
@Singleton
class LimitRows {
    /** A row's {@code tat} lies at most {@code burst} refills ahead. Passing moves it on; being refused does not. */
    static final String TAKE = """
            INSERT INTO limits AS l (tenant_id, user_id, what, tat)
            VALUES (:tenant, :user, :what, now() + CAST(:refill AS double precision) * interval '1 millisecond')
            ON CONFLICT (tenant_id, user_id, what) DO UPDATE SET
                tat = CASE
                    WHEN l.tat - CAST(:slack AS double precision) * interval '1 millisecond' <= now()
                    THEN greatest(l.tat, now()) + CAST(:refill AS double precision) * interval '1 millisecond'
                    ELSE l.tat END,
                retry_at = CASE
                    WHEN l.tat - CAST(:slack AS double precision) * interval '1 millisecond' <= now() THEN NULL
                    ELSE l.tat - CAST(:slack AS double precision) * interval '1 millisecond' END
            RETURNING CAST(coalesce(ceil(extract(epoch FROM l.retry_at - now())), 0) AS bigint)""";

    /**
     * Takes one.
     *
     * @return 0 when it was there to take, otherwise the whole seconds, 1 or more, after which one will be
     */
    Uni<Long> take(Caller caller, Limit limit, int burst, Duration refill) {
        return Panache.getSession().chain(session -> session.createNativeQuery(TAKE, Long.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("user", caller.user())
                .setParameter("what", limit.name())
                .setParameter("refill", refill.toMillis())
                .setParameter("slack", refill.multipliedBy(burst - 1L).toMillis())
                .getSingleResult());
    }
}
