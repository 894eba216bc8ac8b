package dev.afluente.sync.merge;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.sync.feed.FeedHead;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.source.SourcePage.SetAside;
import dev.afluente.sync.source.SourceTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Merges a page of an account's transactions in one statement: a new row is inserted, a changed one corrected, one that
 * had been removed comes back, and one that is the same is not written at all. Rows go in by key, so two merges cannot
 * deadlock. Nothing is ever deleted: what the provider removed is marked.
 */
@ApplicationScoped
class TransactionMerge {
    private static final int FIRST_COLUMN = 7;

    private static final String UPSERT = """
            INSERT INTO transaction AS t (tenant_id, user_id, connection_id, account_id, change_seq,
                first_seq, shown_seq, id, %s)
            SELECT $1, $2, $3, $4, $5::bigint, $5::bigint, $5::bigint, i.id::uuid, %s
            FROM unnest($6::text[], %s) AS i (id, %s) ORDER BY i.provider_id
            ON CONFLICT (tenant_id, account_id, provider_id) DO UPDATE
            SET %s, deleted_at = NULL, updated_at = now(), change_seq = EXCLUDED.change_seq,
                shown_seq = CASE WHEN t.deleted_at IS NULL THEN t.shown_seq ELSE EXCLUDED.shown_seq END
            WHERE t.deleted_at IS NOT NULL OR (%s) IS DISTINCT FROM (%s)
            RETURNING t.id, t.xmax = 0 AS inserted""".formatted(
                    LedgerColumns.names(),
                    LedgerColumns.casts(),
                    LedgerColumns.parameters(FIRST_COLUMN),
                    LedgerColumns.names(),
                    LedgerColumns.assignments(),
                    LedgerColumns.prefixed("t"),
                    LedgerColumns.prefixed("EXCLUDED"));

    private static final String REMOVE = """
            UPDATE transaction SET deleted_at = now(), updated_at = now(), change_seq = $4
            WHERE tenant_id = $1 AND account_id = $2 AND provider_id = ANY($3) AND deleted_at IS NULL
            RETURNING id""";

    private static final String SET_ASIDE = """
            INSERT INTO set_aside (tenant_id, account_id, row_key, reason, row_data, run_id)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, account_id, row_key) DO NOTHING""";

    private final FeedHead feed;

    @Inject
    TransactionMerge(FeedHead feed) {
        this.feed = feed;
    }

    /** Books rows; at most one per provider id. */
    Uni<Changes> book(SqlConnection connection, LeasedRun run, UUID account, List<SourceTransaction> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().item(Changes.NONE)
                : feed.next(connection, run.tenantId(), run.link().userId())
                        .chain(number -> upsert(connection, run, account, rows, number));
    }

    private static Uni<Changes> upsert(
            SqlConnection connection, LeasedRun run, UUID account, List<SourceTransaction> rows, long number) {
        List<SourceTransaction> sorted = rows.stream()
                .sorted(Comparator.comparing(SourceTransaction::providerId))
                .toList();
        Tuple values = Tuple.tuple()
                .addString(run.tenantId())
                .addString(run.link().userId())
                .addUUID(run.link().connectionId())
                .addUUID(account)
                .addLong(number)
                .addValue(newIds(sorted.size()));
        LedgerColumns.values(sorted).forEach(values::addValue);
        return connection.preparedQuery(UPSERT).execute(values).map(written -> {
            List<UUID> added = new ArrayList<>();
            List<UUID> modified = new ArrayList<>();
            written.forEach(row -> (row.getBoolean("inserted") ? added : modified).add(row.getUUID("id")));
            return new Changes(number, added, modified, List.of());
        });
    }

    /** Marks rows as removed; those already marked, or unknown, are left alone. */
    Uni<Changes> remove(SqlConnection connection, LeasedRun run, UUID account, List<String> providerIds) {
        return feed.next(connection, run.tenantId(), run.link().userId()).chain(number -> connection
                .preparedQuery(REMOVE)
                .execute(Tuple.of(run.tenantId(), account, providerIds.toArray(String[]::new), number))
                .map(rows -> {
                    List<UUID> removed = new ArrayList<>();
                    rows.forEach(row -> removed.add(row.getUUID("id")));
                    return new Changes(number, List.of(), List.of(), removed);
                }));
    }

    /** Keeps rows that could not be read, once each. */
    Uni<Void> setAside(SqlConnection connection, LeasedRun run, UUID account, List<SetAside> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Tuple> values = rows.stream()
                .map(row -> Tuple.of(run.tenantId(), account, row.key(), row.reason(), row.data(), run.id()))
                .toList();
        return connection.preparedQuery(SET_ASIDE).executeBatch(values).replaceWithVoid();
    }

    private static String[] newIds(int count) {
        String[] ids = new String[count];
        for (int i = 0; i < count; i++) {
            ids[i] = UuidCreator.getTimeOrderedEpoch().toString();
        }
        return ids;
    }
}
