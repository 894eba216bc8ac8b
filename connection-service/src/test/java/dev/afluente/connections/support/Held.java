package dev.afluente.connections.support;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** A bank connection's row that a transaction of somebody else's has locked, until this is closed; for fewer than 5 s. */
public final class Held implements AutoCloseable {
    private final Connection holder;

    private Held(UUID connection) throws SQLException {
        holder = Rows.connect();
        holder.setAutoCommit(false);
        try (PreparedStatement row = holder.prepareStatement("SELECT 1 FROM connections WHERE id = ? FOR UPDATE")) {
            row.setObject(1, connection);
            row.execute();
        }
    }

    public static Held row(UUID connection) throws SQLException {
        return new Held(connection);
    }

    @Override
    public void close() throws SQLException {
        holder.rollback();
        holder.close();
    }
}
