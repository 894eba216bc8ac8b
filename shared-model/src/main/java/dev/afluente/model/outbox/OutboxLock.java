package dev.afluente.model.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The right to relay, which one instance of a service has at a time: a PostgreSQL advisory lock, held by the session of
 * one pooled connection.
 *
 * <p>Guarantees that no connection goes back to the pool while its session may hold the lock, where nobody would ever
 * release it: the connection is given back only when PostgreSQL has said that the lock is not held, and is cut in every
 * other case, which ends the session and with it the lock. The same holds for the setting {@code afluente.tenant} = {@code
 * *}, which shows the holder all rows where row-level security hides them from a session without a tenant. Each statement has a deadline, so a network that swallows
 * answers costs one connection and not the relay.
 */
final class OutboxLock {
    /** Any constant does: a service has its own database. */
    static final long KEY = 0x0b0c5L;

    /** With the lock comes the sight of every tenant's rows, and with its release it goes: the session is shared. */
    private static final String TAKE = "SELECT CASE WHEN pg_try_advisory_lock($1)"
            + " THEN set_config('afluente.tenant', '*', false) = '*' ELSE false END";

    private static final String RELEASE = "SELECT CASE WHEN pg_advisory_unlock($1)"
            + " THEN set_config('afluente.tenant', '', false) = '' ELSE false END";

    private final Pool pool;
    private final Duration deadline;

    /** @param deadline how long PostgreSQL may take to answer one statement */
    OutboxLock(Pool pool, Duration deadline) {
        this.pool = pool;
        this.deadline = deadline;
    }

    /** Does the work on the connection that holds the lock; does nothing when another instance holds it. */
    Uni<Void> whileHeld(Function<SqlConnection, Uni<Void>> work) {
        return pool.getConnection()
                // Without a handler the client prints a lost connection's stack trace; the statement's failure tells
                // it.
                .invoke(connection -> connection.exceptionHandler(lost -> {}))
                .chain(connection -> tells(connection, TAKE)
                        .chain(held -> held
                                ? worked(connection, work)
                                : Uni.createFrom().voidItem())
                        .onFailure()
                        .invoke(() -> cut(connection))
                        .call(connection::close));
    }

    /** Fails when PostgreSQL takes longer than the deadline. */
    Uni<RowSet<Row>> execute(SqlConnection connection, String sql, Tuple values) {
        return connection
                .preparedQuery(sql)
                .execute(values)
                .ifNoItem()
                .after(deadline)
                .failWith(() -> new TimeoutException("PostgreSQL did not answer in time"));
    }

    private Uni<Void> worked(SqlConnection connection, Function<SqlConnection, Uni<Void>> work) {
        return work.apply(connection)
                .chain(() -> tells(connection, RELEASE))
                .invoke(released -> {
                    if (!released) {
                        throw new IllegalStateException("The lock was lost before it was released");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Boolean> tells(SqlConnection connection, String question) {
        return execute(connection, question, Tuple.of(KEY))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The client's public interface can only give a connection back; the pool drops one whose socket is closed. */
    private static void cut(SqlConnection connection) {
        SqlConnectionInternal pooled = (SqlConnectionInternal) connection.getDelegate();
        SocketConnectionBase session = (SocketConnectionBase) pooled.unwrap().unwrap();
        session.socket().close();
    }
}
