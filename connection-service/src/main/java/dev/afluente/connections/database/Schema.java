package dev.afluente.connections.database;

import dev.afluente.model.database.Migrations;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date behind the start of the service and tells, once, when it stands: with
 * {@link SchemaReady}. Until then every transaction is answered with "not now".
 */
@Singleton
public class Schema {
    private final Migrations migrations;
    private final boolean enabled;
    private final Event<SchemaReady> ready;

    /** Fired once, on a worker thread, when the tables are there. */
    public record SchemaReady() {}

    Schema(
            Vertx vertx,
            Flyway flyway,
            @ConfigProperty(name = "afluente.database.migrate", defaultValue = "true") boolean enabled,
            Event<SchemaReady> ready) {
        this.migrations = new Migrations(vertx, flyway);
        this.enabled = enabled;
        this.ready = ready;
    }

    void begin(@Observes StartupEvent start) {
        migrations.start(enabled, () -> ready.fire(new SchemaReady()));
    }

    /** Tells whether the tables are there. */
    public boolean stands() {
        return migrations.done();
    }
}
