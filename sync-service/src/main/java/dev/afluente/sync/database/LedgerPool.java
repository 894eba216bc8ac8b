package dev.afluente.sync.database;

import dev.afluente.model.database.BoundedPool;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The bounds of this service's connections: PostgreSQL itself ends a statement after 20 s. */
@Singleton
class LedgerPool extends BoundedPool {
    LedgerPool() {
        super(Duration.ofSeconds(20));
    }
}
