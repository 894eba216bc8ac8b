package dev.afluente.sync.account.aside;

import dev.afluente.sync.http.Language;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A row that could not be read. It is not part of the ledger, and nothing it holds is shown.
 *
 * @param product whether it would have been a transaction or a bill
 * @param providerId the provider's id of it; null where the row names none that can be kept
 * @param reason a stable code
 * @param meaning the reason in plain words; null for one this version does not know
 * @param runId the sync run that first met it
 */
@Schema(name = "SetAsideRow")
public record AsideView(
        UUID id,

        @Schema(enumeration = {"TRANSACTIONS", "BILLS"}) String product,

        @Schema(nullable = true) String providerId,
        String reason,
        @Schema(nullable = true) String meaning,
        UUID runId,
        Instant setAsideAt) {

    /**
     * Of {@code set_aside s}. Where a row has no id its key is a hash, which stands nowhere in it: an id that is its own
     * does, as JSON writes it. Of what was cut off nothing is known.
     */
    static final String COLUMNS = """
            s.id, s.reason, s.run_id, s.received_at, s.row_key LIKE 'bill %' AS is_bill,
            CASE WHEN strpos(s.row_data, to_json(regexp_replace(s.row_key, '^bill ', ''))::text) > 0
                THEN regexp_replace(s.row_key, '^bill ', '') END AS provider_id""";

    static AsideView of(Row row) {
        return new AsideView(
                row.getUUID("id"),
                row.getBoolean("is_bill") ? "BILLS" : "TRANSACTIONS",
                row.getString("provider_id"),
                row.getString("reason"),
                null,
                row.getUUID("run_id"),
                row.getOffsetDateTime("received_at").toInstant());
    }

    /** Returns this with its meaning, which is not stored. */
    AsideView in(Language language) {
        String words = AsideMeanings.SENTENCES.meaning(reason, language);
        return new AsideView(id, product, providerId, reason, words, runId, setAsideAt);
    }
}
