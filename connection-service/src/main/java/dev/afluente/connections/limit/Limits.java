package dev.afluente.connections.limit;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.limit.LimitConfig.Rate;
import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/**
 * Bounds what one person does, over all instances together: never more than the burst at once, and one more per refill.
 * Counted in PostgreSQL, in a small transaction of its own that is committed before what it allows begins; while that
 * is away nothing is allowed. One person's use takes nothing from another's.
 */
@Startup
@Singleton
public class Limits {
    private static final int MAX_BURST = 10_000;
    private static final Duration MAX_REFILL = Duration.ofDays(1);

    private final Database database;
    private final LimitRows rows;
    private final Map<Limit, Rate> rates;

    Limits(Database database, LimitRows rows, LimitConfig config) {
        this.database = database;
        this.rows = rows;
        this.rates = Map.of(
                Limit.CONNECT_TOKEN, config.connectToken(),
                Limit.MANUAL_SYNC, config.manualSync(),
                Limit.MFA_ATTEMPT, config.mfaAttempt(),
                Limit.CREDENTIALS, config.credentials(),
                Limit.STATUS_CHECK, config.statusCheck());
        rates.forEach(Limits::require);
    }

    /**
     * Takes one of what the caller may do; call it before doing it, outside of any transaction. Fails with {@code
     * too_many_requests} and {@code Retry-After} when there is none left.
     */
    public Uni<Void> take(Caller caller, Limit limit) {
        Rate rate = rates.get(limit);
        return database.ofTenant(caller.tenant(), () -> rows.take(caller, limit, rate.burst(), rate.refill()))
                .invoke(wait -> {
                    if (wait > 0) {
                        throw ProblemCode.TOO_MANY_REQUESTS.retryAfter(wait);
                    }
                })
                .replaceWithVoid();
    }

    private static void require(Limit limit, Rate rate) {
        boolean sane = rate.burst() >= 1
                && rate.burst() <= MAX_BURST
                && rate.refill().toMillis() >= 1
                && rate.refill().compareTo(MAX_REFILL) <= 0;
        if (!sane) {
            throw new IllegalArgumentException("afluente.limits: " + limit + " needs a burst of 1 to " + MAX_BURST
                    + " and a refill of 1 ms to " + MAX_REFILL.toDays() + " day");
        }
    }
}
