package dev.afluente.sync.support;

import dev.afluente.sync.database.Ledger;
import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;

/**
 * What PostgreSQL does for a statement, as one tenant's transaction sees it: counted, not timed, so that a busy machine says
 * the same.
 */
public final class Plan {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Plan() {}

    /** Runs a statement and returns how many rows its steps took in hand, those that were thrown away included. */
    public static long rows(String tenant, String sql, Tuple values) {
        Ledger ledger = Arc.container().instance(Ledger.class).get();
        return ledger.ofTenant(tenant, connection -> rows(connection, sql, values))
                .await()
                .atMost(DEADLINE);
    }

    /** The same, of what a transaction has prepared for it. */
    public static Uni<Long> rows(SqlConnection connection, String sql, Tuple values) {
        return connection
                .preparedQuery("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql)
                .execute(values)
                .map(rows -> rows.iterator().next().getJsonArray(0))
                .map(plan -> rows(plan.getJsonObject(0).getJsonObject("Plan")));
    }

    private static long rows(JsonObject node) {
        double own = 0;
        for (String count : new String[] {
            "Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter", "Rows Removed by Index Recheck"
        }) {
            own += node.getDouble(count, 0.0);
        }
        long sum = Math.round(own * node.getDouble("Actual Loops", 0.0));
        for (Object child : node.getJsonArray("Plans", new JsonArray())) {
            sum += rows((JsonObject) child);
        }
        return sum;
    }
}
