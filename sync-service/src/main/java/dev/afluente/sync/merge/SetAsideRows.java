package dev.afluente.sync.merge;

import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.source.SourcePage.SetAside;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Rows that could not be read, kept once each until they can. On the caller's connection, in its transaction. */
@ApplicationScoped
class SetAsideRows {
    private static final String KEEP = """
            INSERT INTO set_aside (tenant_id, account_id, row_key, reason, row_data, run_id)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, account_id, row_key) DO NOTHING""";

    private static final String LANDED =
            "DELETE FROM set_aside WHERE tenant_id = $1 AND account_id = $2 AND row_key = ANY($3)";

    Uni<Void> keep(SqlConnection connection, LeasedRun run, UUID account, List<SetAside> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Tuple> values = rows.stream()
                .map(row -> Tuple.of(run.tenantId(), account, row.key(), row.reason(), row.data(), run.id()))
                .toList();
        return connection.preparedQuery(KEEP).executeBatch(values).replaceWithVoid();
    }

    /** Forgets rows that have been read meanwhile. */
    Uni<Void> landed(SqlConnection connection, LeasedRun run, UUID account, List<String> keys) {
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(LANDED)
                        .execute(Tuple.of(run.tenantId(), account, keys.toArray(String[]::new)))
                        .replaceWithVoid();
    }
}
