package dev.afluente.connections.database;

import dev.afluente.model.database.BoundedPool;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The bounds of this service's connections: PostgreSQL itself ends a statement after 8 s. */
@Singleton
class ConnectionsPool extends BoundedPool {
    ConnectionsPool() {
        super(Duration.ofSeconds(8));
    }
}
