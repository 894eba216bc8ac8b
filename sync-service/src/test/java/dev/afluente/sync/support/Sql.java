package dev.afluente.sync.support;

import dev.afluente.sync.database.Ledger;
import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;

/** A look at the database that no tenant is hidden from. */
public final class Sql {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Sql() {}

    public static RowSet<Row> run(String sql, Object... values) {
        Ledger ledger = Arc.container().instance(Ledger.class).get();
        return ledger.ofAll(connection ->
                        connection.preparedQuery(sql).execute(Tuple.from(java.util.Arrays.asList(values))))
                .await()
                .atMost(DEADLINE);
    }

    public static long number(String sql, Object... values) {
        return run(sql, values).iterator().next().getLong(0);
    }

    /** The same from a thread that must not wait. */
    public static Uni<Void> later(String sql, Object... values) {
        Ledger ledger = Arc.container().instance(Ledger.class).get();
        return ledger.ofAll(connection -> connection
                .preparedQuery(sql)
                .execute(Tuple.from(java.util.Arrays.asList(values)))
                .replaceWithVoid());
    }
}
