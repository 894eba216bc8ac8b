package dev.afluente.connections.support;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Rows that a transaction of somebody else's has locked, until this is closed. */
public final class Held implements AutoCloseable {
    private final Connection holder;

    private Held(Connection holder) {
        this.holder = holder;
    }

    /** @param sql locks the rows, e.g. {@code SELECT … FOR UPDATE} */
    public static Held by(String sql, Object... parameters) throws SQLException {
        Connection holder = Rows.connect();
        holder.setAutoCommit(false);
        try (PreparedStatement statement = holder.prepareStatement(sql)) {
            Rows.set(statement, parameters);
            statement.execute();
        }
        return new Held(holder);
    }

    @Override
    public void close() throws SQLException {
        holder.rollback();
        holder.close();
    }
}
