package dev.afluente.sync.merge;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.merge.match.Booking.Correction;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.source.SourceTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes an account's transactions, each kind of change in one statement that also writes why. Only what differs is
 * written; a row an operator has pinned is not. Nothing is ever deleted: what the provider removed is marked. On the
 * caller's connection, whose transaction holds the person's {@link dev.afluente.sync.feed.FeedHead}, so that no two
 * merges of one person can deadlock.
 */
@ApplicationScoped
class TransactionMerge {
    private static final int FIRST_ADDED = 8;
    private static final int FIRST_CORRECTED = 12;

    private static final String ADD = """
            WITH written AS (
                INSERT INTO transaction (tenant_id, account_id, connection_id, user_id, generation, change_seq, first_seq,
                    shown_seq, id, %1$s)
                SELECT $1, $2, $3, $4, $5::int, $6::bigint, $6::bigint, $6::bigint, i.id::uuid, %2$s
                FROM unnest($7::text[], %3$s) AS i (id, %1$s)
                ON CONFLICT (tenant_id, account_id, provider_id) DO NOTHING RETURNING id),
            why AS (
                INSERT INTO decision (tenant_id, id, user_id, account_id, kind, reason, run_id, seq, rows)
                SELECT $1, $%4$d, $4, $2, 'NEW', $%5$d, $%6$d, $6, count(*) FROM written HAVING count(*) > 0)
            SELECT id FROM written""".formatted(
                    LedgerColumns.names(),
                    LedgerColumns.casts(),
                    LedgerColumns.parameters(FIRST_ADDED),
                    FIRST_ADDED + LedgerColumns.count(),
                    FIRST_ADDED + LedgerColumns.count() + 1,
                    FIRST_ADDED + LedgerColumns.count() + 2);

    private static final String CORRECT = """
            WITH page AS MATERIALIZED (
                SELECT i.row_id::uuid, i.decision::uuid AS decision, i.kind, i.reason, $3::uuid AS connection_id,
                    $5::int AS generation, NULL::timestamptz AS deleted_at, %2$s
                FROM unnest($8::text[], $9::text[], $10::text[], $11::text[], %3$s) AS i (row_id, decision, kind, reason, %1$s)),
            old AS MATERIALIZED (
                SELECT t.* FROM page p JOIN transaction t ON t.tenant_id = $1 AND t.id = p.row_id),
            written AS (
                UPDATE transaction t
                SET %4$s, connection_id = p.connection_id, generation = p.generation, deleted_at = NULL,
                    updated_at = now(), change_seq = $6,
                    shown_seq = CASE WHEN t.deleted_at IS NULL THEN t.shown_seq ELSE $6 END
                FROM page p
                WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.id = p.row_id AND NOT t.pinned
                    AND (t.deleted_at IS NOT NULL OR t.generation <> p.generation OR (%5$s) IS DISTINCT FROM (%6$s))
                RETURNING t.id)
            INSERT INTO decision (tenant_id, id, user_id, account_id, transaction_id, kind, reason, run_id, seq, before)
            SELECT $1, p.decision, $4, $2, o.id, p.kind, p.reason, $7, $6, %7$s
            FROM written w JOIN old o ON o.id = w.id JOIN page p ON p.row_id = w.id
            RETURNING transaction_id""".formatted(
                    LedgerColumns.names(),
                    LedgerColumns.casts(),
                    LedgerColumns.parameters(FIRST_CORRECTED),
                    LedgerColumns.assignments("p"),
                    LedgerColumns.prefixed("t"),
                    LedgerColumns.prefixed("p"),
                    LedgerColumns.before("o", "p", "connection_id", "generation", "deleted_at"));

    private static final String REMOVABLE = """
            SELECT provider_id FROM transaction
            WHERE tenant_id = $1 AND account_id = $2 AND provider_id = ANY($3) AND deleted_at IS NULL AND NOT pinned""";

    private static final String REMOVE = """
            WITH written AS (
                UPDATE transaction t SET deleted_at = now(), updated_at = now(), change_seq = $6
                FROM unnest($8::text[], $9::text[]) AS g (provider_id, decision)
                WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.provider_id = g.provider_id AND t.deleted_at IS NULL
                    AND NOT t.pinned
                RETURNING t.id, g.decision)
            INSERT INTO decision (tenant_id, id, user_id, account_id, transaction_id, kind, reason, run_id, seq, before)
            SELECT $1, w.decision::uuid, $4, $2, w.id, 'REMOVED', $10, $7, $6, '{"deleted_at": null}' FROM written w
            WHERE $3::uuid IS NOT NULL AND $5::int IS NOT NULL
            RETURNING transaction_id""";

    /** The merge a statement belongs to: whose, of which account and source, under which number of the feed. */
    record Change(LeasedRun run, LedgerAccount account, long number) {
        private Tuple values() {
            return Tuple.tuple()
                    .addString(run.tenantId())
                    .addUUID(account.id())
                    .addUUID(run.link().connectionId())
                    .addString(run.link().userId())
                    .addInteger(account.generation())
                    .addLong(number);
        }
    }

    /** Adds rows; returns fewer ids than rows when the ledger knows some of their provider ids. */
    Uni<List<UUID>> add(SqlConnection connection, Change change, List<SourceTransaction> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Tuple values = change.values().addValue(newIds(rows.size()));
        LedgerColumns.values(rows).forEach(values::addValue);
        values.addUUID(UuidCreator.getTimeOrderedEpoch())
                .addString(change.account().fresh() ? "first_read" : "not_known_before")
                .addUUID(change.run().id());
        return connection.preparedQuery(ADD).execute(values).map(written -> ids(written, "id"));
    }

    /** Makes rows of the ledger what the provider says; returns fewer ids than rows when some no longer differ. */
    Uni<List<UUID>> correct(SqlConnection connection, Change change, List<Correction> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Tuple values = change.values()
                .addUUID(change.run().id())
                .addValue(texts(rows, row -> row.id().toString()))
                .addValue(newIds(rows.size()))
                .addValue(texts(rows, Correction::kind))
                .addValue(texts(rows, Correction::reason));
        LedgerColumns.values(rows.stream().map(Correction::row).toList()).forEach(values::addValue);
        return connection.preparedQuery(CORRECT).execute(values).map(written -> ids(written, "transaction_id"));
    }

    /** Returns those of the named rows that are there to be removed. */
    Uni<List<String>> removable(SqlConnection connection, LeasedRun run, UUID account, List<String> providerIds) {
        return connection
                .preparedQuery(REMOVABLE)
                .execute(Tuple.of(run.tenantId(), account, providerIds.toArray(String[]::new)))
                .map(rows -> {
                    List<String> there = new ArrayList<>(rows.size());
                    rows.forEach(row -> there.add(row.getString(0)));
                    return there;
                });
    }

    /** Marks rows as removed; those already marked, or unknown, are left alone. */
    Uni<List<UUID>> remove(SqlConnection connection, Change change, List<String> providerIds, String reason) {
        Tuple values = change.values()
                .addUUID(change.run().id())
                .addValue(providerIds.toArray(String[]::new))
                .addValue(newIds(providerIds.size()))
                .addString(reason);
        return connection.preparedQuery(REMOVE).execute(values).map(written -> ids(written, "transaction_id"));
    }

    private static List<UUID> ids(RowSet<Row> rows, String column) {
        List<UUID> ids = new ArrayList<>(rows.size());
        rows.forEach(row -> ids.add(row.getUUID(column)));
        return ids;
    }

    private static String[] texts(List<Correction> rows, Function<Correction, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    /** In the order of the rows, so that equals keep the order the provider gave them. */
    private static String[] newIds(int count) {
        String[] ids = new String[count];
        for (int i = 0; i < count; i++) {
            ids[i] = UuidCreator.getTimeOrderedEpoch().toString();
        }
        return ids;
    }

    /** The ledger is no longer as it was looked at; nothing was written, and another look will tell. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("overtaken", null, false, false);
        }
    }
}
