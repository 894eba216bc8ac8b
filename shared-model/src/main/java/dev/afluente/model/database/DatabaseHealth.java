package dev.afluente.model.database;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** What a service's readiness says of PostgreSQL: up when a question is answered within {@link #PATIENCE}. Waits on no thread. */
public final class DatabaseHealth {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String NAME = "PostgreSQL";

    private DatabaseHealth() {}

    /** Never fails: no answer in time, or none at all, is down. */
    public static Uni<HealthCheckResponse> of(Uni<?> question) {
        return question.ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(answer -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(DatabaseHealth::down);
    }

    /** Without asking. */
    public static HealthCheckResponse down() {
        return HealthCheckResponse.down(NAME);
    }
}
