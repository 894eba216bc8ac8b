package dev.afluente.sync.decision;

import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.UUID;

/**
 * That a row is new is decided with others of its page, and taken back for one of them: it is removed, and pinned, so that
 * no sync shows it again. The page's decision stands for the others. On the caller's connection, in its transaction.
 */
final class NewRow {
    /** Open while the row is shown and nothing else that was decided about it stands. */
    private static final String LOOK = """
            SELECT d.id, d.user_id, t.id AS transaction_id, t.account_id, t.connection_id,
                t.deleted_at IS NOT NULL AS removed, u.id AS undone_by, NULL::uuid AS split_into,
                t.deleted_at IS NULL AND NOT EXISTS (
                    SELECT FROM decision l WHERE l.tenant_id = $1 AND l.transaction_id = t.id
                        AND l.undone_by IS NULL AND l.kind <> 'UNDONE') AS open
            FROM decision d
            JOIN transaction t ON t.tenant_id = $1 AND t.id = $3 AND t.account_id = d.account_id AND t.first_seq = d.seq
            LEFT JOIN decision u ON u.tenant_id = $1 AND u.transaction_id = t.id AND u.undoes = d.id
            WHERE d.tenant_id = $1 AND d.id = $2 AND d.kind = 'NEW'""";

    private static final String WITHDRAW = """
            WITH gone AS (
                UPDATE transaction SET deleted_at = now(), updated_at = now(), pinned = true, content = NULL, change_seq = $5
                WHERE tenant_id = $1 AND id = $3 RETURNING user_id, account_id)
            INSERT INTO decision (tenant_id, id, user_id, account_id, transaction_id, kind, reason, seq, undoes)
            SELECT $1, $4, user_id, account_id, $3, 'UNDONE', 'undone_by_operator', $5, $2 FROM gone""";

    private NewRow() {}

    /** Returns how the row stands; null when the decision is not one that this row is new. */
    static Uni<Row> look(SqlConnection connection, Caller operator, UUID decision, UUID transaction) {
        return connection
                .preparedQuery(LOOK)
                .execute(Tuple.of(operator.tenant(), decision, transaction))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    /** @param undone the id of the decision that says so */
    static Uni<Void> withdraw(
            SqlConnection connection, Caller operator, UUID decision, UUID transaction, UUID undone, long number) {
        return connection
                .preparedQuery(WITHDRAW)
                .execute(Tuple.of(operator.tenant(), decision, transaction, undone, number))
                .replaceWithVoid();
    }
}
