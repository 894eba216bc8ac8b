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

    /** Query cancelled by a time limit, lock not available in time. */
    private static final Set<String> TIME_LIMITS = Set.of("57014", "55P03");

    private SqlFailures() {}

    /** Serialization failure or deadlock: the transaction never was, a new attempt is safe. */
    public static boolean isConflict(Throwable failure) {
        String state = sqlState(failure);
        return state != null && CONFLICTS.contains(state);
    }

    /** Connection exceptions (08), resources (53), operator intervention (57), time limits, or no answer at all. */
    public static boolean isAway(Throwable failure) {
        String state = sqlState(failure);
        if (state != null) {
            return state.startsWith("08")
                    || state.startsWith("53")
                    || state.startsWith("57P")
                    || TIME_LIMITS.contains(state);
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
