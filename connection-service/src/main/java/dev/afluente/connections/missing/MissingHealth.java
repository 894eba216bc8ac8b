package dev.afluente.connections.missing;

import dev.afluente.connections.database.Database;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Not well while links that the provider does not know have been doubted for longer than {@link #PATIENCE}: its keys may
 * be those of another application. Requests are served all the same, so it is neither readiness nor liveness.
 */
@Wellness
@Singleton
class MissingHealth implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String NAME = "Links at the provider";
    private static final String DOUBTED =
            "SELECT count(*) FROM connections WHERE missing_since < :since AND removed_at IS NULL";

    private final Database database;
    private final Clock clock;

    MissingHealth(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return database.ofAllTenants(() -> doubted(clock.instant().minus(PATIENCE)))
                .map(count -> HealthCheckResponse.named(NAME)
                        .status(count == 0)
                        .withData("unknown_to_the_provider", count)
                        .build())
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.down(NAME));
    }

    private static Uni<Long> doubted(Instant since) {
        return Panache.getSession().chain(session -> session.createNativeQuery(DOUBTED, Long.class)
                .setParameter("since", since)
                .getSingleResult());
    }
}
