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
import java.util.stream.Stream;

/**
 * Writes an account's transactions, each kind of change in one statement that also writes why. Only what differs is
 * written; a row an operator has pinned is not. Nothing is ever deleted: what the provider removed is marked. On the
 * caller's connection, whose transaction holds the person's {@link dev.afluente.sync.feed.FeedHead}, so that no two
 * merges of one person can deadlock.
 */
@ApplicationScoped
class TransactionMerge {
    private static final int FIRST_ADDED = 9;
    private static final int FIRST_CORRECTED = 13;

    private static final String ADD = """
            WITH written AS (
                INSERT INTO transaction (tenant_id, account_id, connection_id, user_id, generation, change_seq, first_seq,
                    shown_seq, id, content, %1$s)
                SELECT $1, $2, $3, $4, $5::int, $6::bigint, $6::bigint, $6::bigint, i.id, i.content, %2$s
                FROM unnest($7::uuid[], $8::bigint[], %3$s) AS i (id, content, %1$s)
                ON CONFLICT (tenant_id, account_id, provider_id) DO NOTHING RETURNING id),
            why AS (
                INSERT INTO decision (tenant_id, id, user_id, account_id, kind, reason, run_id, seq, rows)
                SELECT $1, $%4$d, $4, $2, 'NEW', $%5$d, $%6$d, $6, count(*) FROM written HAVING count(*) > 0)
            SELECT FROM written""".formatted(
                    LedgerColumns.names(),
                    LedgerColumns.casts(),
                    LedgerColumns.parameters(FIRST_ADDED),
                    FIRST_ADDED + LedgerColumns.count(),
                    FIRST_ADDED + LedgerColumns.count() + 1,
                    FIRST_ADDED + LedgerColumns.count() + 2);

    private static final String CORRECT = """
            WITH page AS MATERIALIZED (
                SELECT i.row_id, i.decision, i.kind, i.reason, i.content, $3::uuid AS connection_id,
                    $5::int AS generation, NULL::timestamptz AS deleted_at, %2$s
                FROM unnest($8::uuid[], $9::uuid[], $10::text[], $11::text[], $12::bigint[], %3$s)
                    AS i (row_id, decision, kind, reason, content, %1$s)),
            old AS MATERIALIZED (
                SELECT t.* FROM page p JOIN transaction t ON t.tenant_id = $1 AND t.id = p.row_id),
            written AS (
                UPDATE transaction t
                SET %4$s, content = p.content, connection_id = p.connection_id, generation = p.generation, deleted_at = NULL,
                    updated_at = now(), change_seq = $6,
                    shown_seq = CASE WHEN t.deleted_at IS NULL THEN t.shown_seq ELSE $6 END
                FROM page p
                WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.id = p.row_id AND NOT t.pinned
                    AND (t.deleted_at IS NOT NULL OR t.generation <> p.generation OR (%5$s) IS DISTINCT FROM (%6$s))
                RETURNING t.id)
            INSERT INTO decision (tenant_id, id, user_id, account_id, transaction_id, kind, reason, run_id, seq, before)
            SELECT $1, p.decision, $4, $2, o.id, p.kind, p.reason, $7, $6, %7$s
            FROM written w JOIN old o ON o.id = w.id JOIN page p ON p.row_id = w.id""".formatted(
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
                FROM unnest($8::text[], $9::uuid[]) AS g (provider_id, decision)
                WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.provider_id = g.provider_id AND t.deleted_at IS NULL
                    AND NOT t.pinned
                RETURNING t.id, g.decision)
            INSERT INTO decision (tenant_id, id, user_id, account_id, transaction_id, kind, reason, run_id, seq, before)
            SELECT $1, w.decision, $4, $2, w.id, 'REMOVED', $10, $7, $6, '{"deleted_at": null}' FROM written w
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

    /** Adds rows under these ids; fails with {@link Overtaken} when the ledger knows some of their provider ids. */
    Uni<Void> add(SqlConnection connection, Change change, List<UUID> ids, List<SourceTransaction> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = change.values().addValue(ids.toArray(UUID[]::new)).addValue(LedgerColumns.content(rows));
        LedgerColumns.values(rows).forEach(values::addValue);
        values.addUUID(UuidCreator.getTimeOrderedEpoch())
                .addString(change.account().fresh() ? "first_read" : "not_known_before")
                .addUUID(change.run().id());
        return connection
                .preparedQuery(ADD)
                .execute(values)
                .invoke(written -> requireAll(written, rows.size()))
                .replaceWithVoid();
    }

    /** Makes rows of the ledger what the provider says; fails with {@link Overtaken} when some no longer differ. */
    Uni<Void> correct(SqlConnection connection, Change change, List<Correction> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = change.values()
                .addUUID(change.run().id())
                .addValue(rows.stream().map(Correction::id).toArray(UUID[]::new))
                .addValue(newIds(rows.size()).toArray(UUID[]::new))
                .addValue(rows.stream().map(Correction::kind).toArray(String[]::new))
                .addValue(rows.stream().map(Correction::reason).toArray(String[]::new));
        List<SourceTransaction> said = rows.stream().map(Correction::row).toList();
        values.addValue(LedgerColumns.content(said));
        LedgerColumns.values(said).forEach(values::addValue);
        return connection
                .preparedQuery(CORRECT)
                .execute(values)
                .invoke(written -> requireAll(written, rows.size()))
                .replaceWithVoid();
    }

    private static void requireAll(RowSet<Row> written, int expected) {
        if (written.rowCount() < expected) {
            throw new Overtaken();
        }
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
                .addValue(newIds(providerIds.size()).toArray(UUID[]::new))
                .addString(reason);
        return connection.preparedQuery(REMOVE).execute(values).map(written -> ids(written, "transaction_id"));
    }

    private static List<UUID> ids(RowSet<Row> rows, String column) {
        List<UUID> ids = new ArrayList<>(rows.size());
        rows.forEach(row -> ids.add(row.getUUID(column)));
        return ids;
    }

    /** In the order of the rows, so that equals keep the order the provider gave them. */
    static List<UUID> newIds(int count) {
        return Stream.generate(UuidCreator::getTimeOrderedEpoch).limit(count).toList();
    }

    /** The ledger is no longer as it was looked at; nothing was written, and another look will tell. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("overtaken", null, false, false);
        }
    }
}
