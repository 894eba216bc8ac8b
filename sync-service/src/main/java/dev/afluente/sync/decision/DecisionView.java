package dev.afluente.sync.decision;

import dev.afluente.sync.http.Language;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a row of the ledger is as it is.
 *
 * @param transactionId null where it is about all the rows that were new together
 * @param kind may grow
 * @param reason a stable code
 * @param meaning the reason in plain words
 * @param before what changed, as it was; absent members did not change. Amounts are strings.
 * @param rows how many rows it is about
 * @param runId the sync run that decided it; null when none did
 * @param undoes the decision that this one takes back
 * @param undoneBy the decision that took this one back
 */
public record DecisionView(
        UUID id,
        UUID accountId,
        @Schema(nullable = true) UUID transactionId,

        @Schema(enumeration = {"NEW", "CHANGED", "POSTED", "SAME_AS", "REMOVED", "RETURNED", "UNDONE"})
        String kind,

        String reason,
        @Schema(nullable = true) String meaning,
        @Schema(nullable = true) Map<String, Object> before,
        int rows,
        @Schema(nullable = true) UUID runId,
        @Schema(nullable = true) UUID undoes,
        @Schema(nullable = true) UUID undoneBy,
        Instant decidedAt) {

    /** JSON numbers would come back as binary fractions: amounts leave the database as text. */
    static final String COLUMNS = """
            d.id, d.account_id, d.transaction_id, d.kind, d.reason, d.rows, d.run_id, d.undoes, d.undone_by, d.decided_at,
            d.seq, (SELECT jsonb_object_agg(CASE b.key WHEN 'deleted_at' THEN 'removed_at' ELSE b.key END,
                    CASE WHEN b.key LIKE '%amount' THEN to_jsonb(b.value #>> '{}') ELSE b.value END)
                FROM jsonb_each(d.before) b WHERE b.key NOT IN ('search_text', 'provider_amount', 'generation')) AS before""";

    static DecisionView of(Row row) {
        JsonObject before = (JsonObject) row.getJson("before");
        return new DecisionView(
                row.getUUID("id"),
                row.getUUID("account_id"),
                row.getUUID("transaction_id"),
                row.getString("kind"),
                row.getString("reason"),
                null,
                before == null ? null : before.getMap(),
                row.getInteger("rows"),
                row.getUUID("run_id"),
                row.getUUID("undoes"),
                row.getUUID("undone_by"),
                row.getOffsetDateTime("decided_at").toInstant());
    }

    /** Returns this with its meaning, which is not stored. */
    DecisionView in(Language language) {
        String words = Meanings.SENTENCES.meaning(reason, language);
        return new DecisionView(
                id, accountId, transactionId, kind, reason, words, before, rows, runId, undoes, undoneBy, decidedAt);
    }
}
