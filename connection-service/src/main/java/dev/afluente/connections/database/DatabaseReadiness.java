package dev.afluente.connections.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the schema stands and PostgreSQL answers within {@link #PATIENCE}. */
@Readiness
@Singleton
class DatabaseReadiness implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String NAME = "PostgreSQL";

    private final Schema schema;
    private final Pool pool;

    DatabaseReadiness(Schema schema, Pool pool) {
        this.schema = schema;
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!schema.stands()) {
            return Uni.createFrom().item(HealthCheckResponse.down(NAME));
        }
        return pool.query("SELECT 1")
                .execute()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(rows -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.down(NAME));
    }
}
