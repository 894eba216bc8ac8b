package dev.afluente.connections.support;

import dev.afluente.embedded.testing.PostgresResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks into the service's database from outside. */
public final class Rows {
    private Rows() {}

    /** Returns the first column of the first row as a number. */
    public static long count(String sql, Object... parameters) {
        return Long.parseLong(text(sql, parameters));
    }

    /** Returns the first column of the first row as text; null when there is no row. */
    public static String text(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes rows behind the service's back. */
    public static void execute(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    /** Returns a connection as the service's own user, with all tenants in sight. */
    public static Connection connect() throws SQLException {
        Connection connection = PostgresResource.server().databases().connect(ScriptedPluggyTest.DATABASE);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET afluente.tenant = '*'");
        }
        return connection;
    }
}
