package dev.afluente.embedded.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** PostgreSQL as a provider leaves it when a disk is full, or a primary has become a standby: it answers, and takes no writes. */
public final class WriteProtection {
    private static final String OTHERS = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()""";

    private final String database;

    /** @param database one of {@link PostgresResource}'s server */
    public WriteProtection(String database) {
        this.database = database;
    }

    /** Every session ends, and new ones cannot write. */
    public void begin() {
        execute("ALTER DATABASE " + database + " SET default_transaction_read_only = on", OTHERS);
    }

    /** New sessions can write; those that are open stay as they are. */
    public void end() {
        execute(
                "SET default_transaction_read_only = off",
                "ALTER DATABASE " + database + " RESET default_transaction_read_only");
    }

    private void execute(String... statements) {
        try (Connection connection = PostgresResource.server().databases().connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
