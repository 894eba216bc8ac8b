package dev.afluente.connections.database;

import dev.afluente.model.database.DatabaseHealth;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the schema stands and PostgreSQL answers in time. */
@Readiness
@Singleton
class DatabaseReadiness implements AsyncHealthCheck {
    private final Schema schema;
    private final Pool pool;

    DatabaseReadiness(Schema schema, Pool pool) {
        this.schema = schema;
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return schema.stands()
                ? DatabaseHealth.of(pool.query("SELECT 1").execute())
                : Uni.createFrom().item(DatabaseHealth.down());
    }
}
