package dev.afluente.embedded.testing;

import dev.afluente.embedded.postgres.PostgresDatabases;
import dev.afluente.embedded.postgres.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * A real PostgreSQL with one empty database for a {@code @QuarkusTest}. Init argument {@code database} names it; default
 * {@code afluente_test}. A test that stops or crashes the server starts it again before it ends.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private String database = "afluente_test";

    /** The server of this JVM, started if it is not running. */
    public static PostgresServer server() {
        return Shared.postgres();
    }

    @Override
    public void init(Map<String, String> arguments) {
        database = arguments.getOrDefault("database", database);
    }

    @Override
    public Map<String, String> start() {
        PostgresDatabases databases = server().databases().recreate(database);
        return Map.of(
                "quarkus.datasource.jdbc.url", databases.jdbcUrl(database),
                "quarkus.datasource.reactive.url", databases.reactiveUrl(database),
                "quarkus.datasource.username", databases.username(),
                "quarkus.datasource.password", databases.password());
    }

    @Override
    public void stop() {
        // the next test class uses the same server; the guardian ends it with the JVM
    }
}
