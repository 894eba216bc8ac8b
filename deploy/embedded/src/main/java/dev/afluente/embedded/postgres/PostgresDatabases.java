package dev.afluente.embedded.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The databases of an embedded server and the one login {@value #USERNAME} that owns them. The password is random per
 * cluster. Database names are the project's own constants, never input. Blocking.
 */
public final class PostgresDatabases {
    public static final String USERNAME = "afluente";

    private final int port;
    private final String password;

    PostgresDatabases(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** Makes the database, and the login if need be, when absent. */
    public PostgresDatabases ensure(String database) {
        try (Connection connection = administer();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", USERNAME)) {
                // the password is hexadecimal: nothing in it to quote
                statement.execute("create role " + USERNAME + " login password '" + password + "'");
            }
            if (!exists(connection, "select 1 from pg_database where datname = ?", database)) {
                statement.execute("create database " + quoted(database) + " owner " + USERNAME);
            }
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + database + " could not be made", e);
        }
    }

    /** Drops the database with its connections and makes it anew, empty. */
    public PostgresDatabases recreate(String database) {
        try (Connection connection = administer();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + quoted(database) + " with (force)");
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + database + " could not be dropped", e);
        }
        return ensure(database);
    }

    /** The same databases, for who reaches the server through another port of 127.0.0.1. */
    public PostgresDatabases reachedAt(int otherPort) {
        return new PostgresDatabases(otherPort, password);
    }

    /** For JDBC, without the login. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** For the Vert.x client, without the login. */
    public String reactiveUrl(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String username() {
        return USERNAME;
    }

    public String password() {
        return password;
    }

    /** A connection as the owner; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return connect(database, USERNAME);
    }

    private Connection administer() throws SQLException {
        return connect("postgres", PostgresServer.ADMINISTRATOR);
    }

    // not DriverManager: it hides drivers from classes of other loaders, and test frameworks load classes several times
    private Connection connect(String database, String user) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        return source.getConnection(user, password);
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
