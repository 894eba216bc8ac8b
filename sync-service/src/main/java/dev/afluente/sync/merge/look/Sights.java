package dev.afluente.sync.merge.look;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.merge.LedgerColumns;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.source.SourceTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * The first sight of a page: its rows' ids and contents beside the ledger's, and no column. A page that is the same costs
 * one look at an index per row. What has another content differs; what is unknown, or has none to compare, must be looked
 * at closely.
 */
final class Sights {
    static final String SIGHT = """
            SELECT i.ord, t.id, t.deleted_at IS NOT NULL AS removed, t.generation = $3 AS of_this_source,
                t.status = 'PENDING' AS pending, NULL AS landed,
                t.deleted_at IS NOT NULL OR t.generation <> $3
                    OR ($6 AND coalesce(t.content <> i.content AND t.content >> %1$d = i.content >> %1$d, false)) AS sure
            FROM unnest($4::text[], $5::bigint[]) WITH ORDINALITY AS i (provider_id, content, ord)
            LEFT JOIN LATERAL (SELECT * FROM transaction t
                WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.provider_id = i.provider_id OFFSET 0) t ON true
            WHERE t.id IS NULL OR (NOT t.pinned
                AND (t.deleted_at IS NOT NULL OR t.generation <> $3 OR t.content IS DISTINCT FROM i.content))
            UNION ALL
            SELECT 0, NULL, NULL, NULL, NULL, a.row_key, NULL
            FROM set_aside a WHERE a.tenant_id = $1 AND a.account_id = $2 AND a.row_key = ANY($4)
            ORDER BY 1""".formatted(LedgerColumns.FORM_SHIFT);

    private Sights() {}

    /**
     * What stands out.
     *
     * @param differing rows the ledger knows otherwise
     * @param unclear places of rows that only a close look can tell about
     * @param landed keys of rows set aside earlier that can be read now
     */
    record Sight(List<Look.Differing> differing, List<Integer> unclear, List<String> landed) {}

    /** @param trusting whether another content is enough to know that a row differs */
    static Uni<Sight> of(
            SqlConnection connection,
            LeasedRun run,
            LedgerAccount account,
            List<SourceTransaction> rows,
            boolean trusting) {
        Tuple values = Tuple.of(run.tenantId(), account.id(), account.generation())
                .addValue(ids(rows))
                .addValue(LedgerColumns.content(rows))
                .addBoolean(trusting);
        return connection.preparedQuery(SIGHT).execute(values).map(Sights::sight);
    }

    static String[] ids(List<SourceTransaction> rows) {
        return rows.stream().map(SourceTransaction::providerId).toArray(String[]::new);
    }

    private static Sight sight(RowSet<Row> found) {
        Sight sight = new Sight(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Row row : found) {
            int place = row.getLong("ord").intValue() - 1;
            if (row.getString("landed") != null) {
                sight.landed.add(row.getString("landed"));
            } else if (row.getUUID("id") != null && row.getBoolean("sure")) {
                sight.differing.add(new Look.Differing(
                        place,
                        row.getUUID("id"),
                        row.getBoolean("removed"),
                        row.getBoolean("pending"),
                        row.getBoolean("of_this_source")));
            } else {
                sight.unclear.add(place);
            }
        }
        return sight;
    }
}
