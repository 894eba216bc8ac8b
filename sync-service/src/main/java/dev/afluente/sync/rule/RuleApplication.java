package dev.afluente.sync.rule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * What rules say of rows, written in one statement: for each row the first rule, by priority and age, whose conditions
 * all hold. A row for which that is what it was is not written. Rows that were removed are kept right too, but unseen:
 * their place in the feed stays. Runs in the caller's transaction, which holds the person's place in the feed.
 */
@ApplicationScoped
public class RuleApplication {
    /** Whether a rule holds for row {@code t}. */
    private static final String HOLDS = """
            (%1$s.account_id IS NULL OR %1$s.account_id = t.account_id)
            AND (%1$s.type IS NULL OR %1$s.type = t.type)
            AND (%1$s.min_amount IS NULL OR t.amount >= %1$s.min_amount)
            AND (%1$s.max_amount IS NULL OR t.amount <= %1$s.max_amount)
            AND (%1$s.text_key IS NULL OR CASE %1$s.text_match
                WHEN 'EQUALS' THEN t.search_text = %1$s.text_key
                WHEN 'STARTS' THEN starts_with(t.search_text, %1$s.text_key)
                ELSE strpos(t.search_text, %1$s.text_key) > 0 END)
            AND (%1$s.document IS NULL
                OR %1$s.document IN (digits(t.counterparty_document), digits(t.merchant_document)))
            AND (%1$s.merchant_key IS NULL OR search_key(t.merchant_name) = %1$s.merchant_key)""";

    /** Materialized: what holds is found once per row, however the rows are then joined to be written. */
    private static final String APPLY = """
            WITH said AS MATERIALIZED (
                SELECT t.tenant_id, t.id, first.category_id, first.id AS rule_id
                FROM transaction t%s LEFT JOIN LATERAL (
                    SELECT r.id, r.category_id FROM category_rule r
                    WHERE r.tenant_id = $1 AND r.user_id = $2 AND %s
                    ORDER BY r.priority, r.id LIMIT 1) first ON true
                WHERE t.tenant_id = $1 AND t.user_id = $2 AND %s
                    AND (t.rule_category_id, t.rule_id) IS DISTINCT FROM (first.category_id, first.id))
            UPDATE transaction t
            SET rule_category_id = s.category_id, rule_id = s.rule_id,
                change_seq = CASE WHEN t.deleted_at IS NULL THEN $3::bigint ELSE t.change_seq END,
                updated_at = CASE WHEN t.deleted_at IS NULL THEN now() ELSE t.updated_at END
            FROM said s WHERE t.tenant_id = s.tenant_id AND t.id = s.id""";

    private static final String ANY_HOLDS = HOLDS.formatted("r");

    /** Whoever has no rules has no row that a rule touched: then nothing is read at all. */
    private static final String TO_ROWS = APPLY.formatted("", ANY_HOLDS, """
            t.id = ANY($4)
            AND EXISTS (SELECT FROM category_rule WHERE tenant_id = $1 AND user_id = $2)""");

    /** Only these rows can come out differently: those the rule had, and those it holds for. */
    private static final String AFTER_CHANGE = APPLY.formatted(
            " JOIN category_rule c ON c.tenant_id = $1 AND c.id = $4",
            ANY_HOLDS,
            "(t.rule_id = $4 OR (" + HOLDS.formatted("c") + "))");

    private static final String AFTER_DELETION = APPLY.formatted("", ANY_HOLDS, "t.rule_id = $4");

    /** Applies all rules to these rows, which have just changed. */
    public Uni<Integer> toRows(SqlConnection connection, String tenant, String user, long number, List<UUID> rows) {
        return connection
                .preparedQuery(TO_ROWS)
                .execute(Tuple.of(tenant, user, number, rows.toArray(UUID[]::new)))
                .map(RowSet::rowCount);
    }

    /** Applies all rules to every row that a rule, new or changed, can make a difference to. Returns rows written. */
    Uni<Integer> afterChange(SqlConnection connection, String tenant, String user, long number, UUID rule) {
        return connection
                .preparedQuery(AFTER_CHANGE)
                .execute(Tuple.of(tenant, user, number, rule))
                .map(RowSet::rowCount);
    }

    /** Applies the remaining rules to every row a rule had that is no more. Returns rows written. */
    Uni<Integer> afterDeletion(SqlConnection connection, String tenant, String user, long number, UUID rule) {
        return connection
                .preparedQuery(AFTER_DELETION)
                .execute(Tuple.of(tenant, user, number, rule))
                .map(RowSet::rowCount);
    }
}
