package dev.afluente.connections.sweep.pace;

import dev.afluente.connections.database.Statements;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/**
 * How many questions a provider is asked by the sweep, over all instances together: the generic cell rate algorithm without a
 * burst, one row per provider, by the database's clock. Questions are at least a minute divided by the rate apart; who comes
 * early is given the next free moment, or none when that is further away than {@link #PATIENCE}.
 *
 * <p>A provider that says "too many" is left alone as long as it asks, and then asked half as often as before; the rate
 * grows back evenly, by half of what is configured in ten minutes. Every method runs in the caller's transaction, over all
 * tenants.
 */
@Singleton
class Budget {
    /** How far ahead a moment is given away: well within the time for which a task is held. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private static final String FAR = "now() + interval '" + PATIENCE.toSeconds() + " seconds'";

    /** Questions a minute at the moment. */
    private static final String RATE = """
            CASE WHEN b.slowed_at IS NULL THEN CAST(:rate AS double precision)
            ELSE least(CAST(:rate AS double precision),
                b.slowed_to + CAST(:rate AS double precision) / 20
                    * greatest(0, CAST(extract(epoch FROM now() - b.slowed_at) AS double precision)) / 60) END""";

    private static final String TAKE = """
            INSERT INTO sweep_budget AS b (tenant_id, provider, tat, turn_at)
            VALUES ('*', :provider,
                now() + CAST(:questions AS double precision) / CAST(:rate AS double precision) * interval '1 minute', now())
            ON CONFLICT (tenant_id, provider) DO UPDATE SET
                tat = CASE WHEN b.tat <= %1$s THEN greatest(b.tat, now())
                    + CAST(:questions AS double precision) / (%2$s) * interval '1 minute' ELSE b.tat END,
                turn_at = CASE WHEN b.tat <= %1$s THEN greatest(b.tat, now()) END
            RETURNING b.turn_at IS NOT NULL,
                CAST(ceil(extract(epoch FROM coalesce(b.turn_at - now(), b.tat - (%1$s))) * 1000) AS bigint)""".formatted(FAR, RATE);

    /** Of the refusals of one moment the first makes it slower. */
    private static final String SLOWER = """
            UPDATE sweep_budget AS b SET
                slowed_to = CASE WHEN b.slowed_at > now() THEN b.slowed_to
                    ELSE greatest(1, CAST(floor((%s) / 2) AS integer)) END,
                slowed_at = greatest(b.slowed_at, now() + CAST(:rest AS double precision) * interval '1 millisecond'),
                tat = greatest(b.tat, now() + CAST(:rest AS double precision) * interval '1 millisecond')
            WHERE tenant_id = '*' AND provider = :provider""".formatted(RATE);

    private final SweepConfig config;

    Budget(SweepConfig config) {
        this.config = config;
    }

    /**
     * A moment to ask.
     *
     * @param given whether it is the caller's to ask in; otherwise to come back in
     * @param in how far away it is
     */
    record Turn(boolean given, Duration in) {}

    /** Takes the next moment in which a provider may be asked so many questions. */
    Uni<Turn> take(String provider, int questions) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(TAKE, Object[].class)
                        .setParameter("provider", provider)
                        .setParameter("questions", questions)
                        .setParameter("rate", rate(provider))
                        .getSingleResult())
                .map(row -> new Turn((Boolean) row[0], Duration.ofMillis(Math.max(0, ((Number) row[1]).longValue()))));
    }

    /** Takes in that a provider wants to be left alone for a while. */
    Uni<Void> slower(String provider, Duration rest) {
        Duration bounded = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
        return Statements.write(
                        SLOWER, Map.of("provider", provider, "rate", rate(provider), "rest", bounded.toMillis()))
                .replaceWithVoid();
    }

    private int rate(String provider) {
        return config.perMinuteOf().getOrDefault(provider, config.perMinute());
    }
}
