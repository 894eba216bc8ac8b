package dev.afluente.sync.database;

import dev.afluente.model.database.DatabaseHealth;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when PostgreSQL answers in time. */
@Readiness
@Singleton
class DatabaseReadiness implements AsyncHealthCheck {
    private final Ledger ledger;

    DatabaseReadiness(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return DatabaseHealth.of(
                ledger.ofAll(connection -> connection.query("SELECT 1").execute()));
    }
}
