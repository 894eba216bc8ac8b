package dev.afluente.sync.decision;

import dev.afluente.sync.merge.LedgerColumns;

/** The statements of {@link Undo}. Each starts with the tenant and the decision. */
final class UndoStatements {
    /** A decision is open when it is the last about its row that stands, and what it changed can be given back. */
    static final String LOOK = """
            SELECT d.id, d.user_id, d.undone_by, d.transaction_id, t.deleted_at IS NOT NULL AS removed, u.split_into,
                coalesce(d.before IS NOT NULL AND d.kind NOT IN ('NEW', 'UNDONE') AND NOT EXISTS (
                    SELECT FROM decision l WHERE l.tenant_id = $1 AND l.transaction_id = d.transaction_id
                        AND l.undone_by IS NULL AND l.kind <> 'UNDONE' AND (l.seq, l.id) > (d.seq, d.id))
                AND NOT EXISTS (
                    SELECT FROM transaction o WHERE o.tenant_id = $1 AND o.account_id = d.account_id
                        AND o.provider_id = d.before ->> 'provider_id'), false) AS open
            FROM decision d
            LEFT JOIN transaction t ON t.tenant_id = $1 AND t.id = d.transaction_id
            LEFT JOIN decision u ON u.tenant_id = $1 AND u.id = d.undone_by
            WHERE d.tenant_id = $1 AND d.id = $2""";

    /** Gives a row its former columns; returns what it was until now as text, so that no number passes through binary. */
    static final String RESTORE = """
            WITH was AS (
                SELECT to_jsonb(t)::text AS row, d.before FROM decision d
                JOIN transaction t ON t.tenant_id = $1 AND t.id = d.transaction_id
                WHERE d.tenant_id = $1 AND d.id = $2)
            UPDATE transaction t
            SET (%1$s, connection_id, generation, deleted_at) =
                    (SELECT %2$s, r.connection_id, r.generation, r.deleted_at FROM jsonb_populate_record(t, was.before) r),
                content = NULL, pinned = true, updated_at = now(), change_seq = $3,
                shown_seq = CASE WHEN t.deleted_at IS NULL THEN t.shown_seq ELSE $3 END
            FROM was, decision d
            WHERE d.tenant_id = $1 AND d.id = $2 AND t.tenant_id = $1 AND t.id = d.transaction_id
            RETURNING t.id, t.account_id, t.connection_id, t.deleted_at IS NOT NULL AS removed,
                was.before ? 'provider_id' AS split, was.row AS was""".formatted(LedgerColumns.names(), LedgerColumns.prefixed("r"));

    /** Makes a new row of what the provider said under the new id, with the reason why there is one. */
    static final String SPLIT = """
            WITH other AS (
                INSERT INTO transaction (tenant_id, id, user_id, account_id, connection_id, generation, change_seq, first_seq,
                    shown_seq, rule_category_id, rule_id, %1$s)
                SELECT $1, $3, r.user_id, r.account_id, r.connection_id, r.generation, $4, $4, $4, r.rule_category_id,
                    r.rule_id, %2$s
                FROM jsonb_populate_record(NULL::transaction, $2::text::jsonb) r RETURNING user_id, account_id)
            INSERT INTO decision (tenant_id, id, user_id, account_id, kind, reason, seq)
            SELECT $1, $5, user_id, account_id, 'NEW', 'split_by_operator', $4 FROM other""".formatted(LedgerColumns.names(), LedgerColumns.prefixed("r"));

    /** Notes that a decision was taken back, and by which. */
    static final String TELL = """
            WITH undone AS (
                UPDATE decision SET undone_by = $3 WHERE tenant_id = $1 AND id = $2
                RETURNING user_id, account_id, transaction_id)
            INSERT INTO decision (tenant_id, id, user_id, account_id, transaction_id, kind, reason, seq, undoes, split_into)
            SELECT $1, $3, user_id, account_id, transaction_id, 'UNDONE', 'undone_by_operator', $4, $2, $5 FROM undone""";

    private UndoStatements() {}
}
