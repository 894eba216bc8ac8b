package dev.afluente.sync.database;

import dev.afluente.model.database.Migrations;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;

/** This service's schema: brought up to date in the background, and part of being ready. */
@ApplicationScoped
public class Schema {
    private final Migrations migrations;
    private final boolean migrate;

    /** @param migrate {@code afluente.migrate}: false where a job migrates under a role of its own */
    @Inject
    public Schema(
            Vertx vertx,
            Flyway flyway,
            @ConfigProperty(name = "afluente.migrate", defaultValue = "true") boolean migrate) {
        this.migrations = new Migrations(vertx, flyway);
        this.migrate = migrate;
    }

    void start(@Observes StartupEvent started) {
        migrations.start(migrate, () -> {});
    }

    @Produces
    @Singleton
    Migrations migrations() {
        return migrations;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () ->
                HealthCheckResponse.named("schema").status(migrations.done()).build();
    }
}
