package dev.afluente.model.database;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Reads what a failed statement means from its SQLSTATE (PostgreSQL 18, appendix A), never from its text. */
public final class SqlFailures {
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    /**
     * Query cancelled by a time limit, lock not available in time; writes refused, by a standby or by a provider whose disk is
     * full; an internal error, which is also how proxies tell that no server is behind them. Damaged data (XX001, XX002) is not
     * among them: no wait mends it.
     */
    private static final Set<String> NOT_NOW = Set.of("57014", "55P03", "25006", "XX000");

    private SqlFailures() {}

    /** Serialization failure or deadlock: the transaction never was, a new attempt is safe. */
    public static boolean isConflict(Throwable failure) {
        String state = sqlState(failure);
        return state != null && CONFLICTS.contains(state);
    }

    /**
     * Connection exceptions (08), resources (53), operator intervention (57P), the server's own system (58), a time limit, no
     * writes for now, or no answer at all: the same work may succeed later.
     */
    public static boolean isAway(Throwable failure) {
        String state = sqlState(failure);
        if (state != null) {
            return state.startsWith("08")
                    || state.startsWith("53")
                    || state.startsWith("57P")
                    || state.startsWith("58")
                    || NOT_NOW.contains(state);
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof IOException || t instanceof ClosedConnectionException || isPoolTimeout(t)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPoolTimeout(Throwable failure) {
        // Vert.x fails a wait for a connection with types of its own internals.
        return failure instanceof TimeoutException
                || failure.getClass().getName().startsWith("io.vertx.core.impl.NoStackTrace");
    }

    private static String sqlState(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof PgException answer) {
                return answer.getSqlState();
            }
            if (t instanceof SQLException answer && answer.getSQLState() != null) {
                return answer.getSQLState();
            }
        }
        return null;
    }
}
