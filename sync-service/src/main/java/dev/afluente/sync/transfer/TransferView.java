package dev.afluente.sync.transfer;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Money that went from one of a person's accounts to another.
 *
 * @param kind {@code OWN_ACCOUNTS}, or {@code CARD_BILL} when it paid a card
 * @param madeBy {@code RULE} when it was certain by itself, {@code USER} when the person said so
 * @param out the row that left; its amount is negative
 * @param in the row that arrived
 */
public record TransferView(
        UUID id,
        @Schema(enumeration = {"OWN_ACCOUNTS", "CARD_BILL"}) String kind,
        @Schema(enumeration = {"RULE", "USER"}) String madeBy,
        Side out,
        Side in,
        Instant createdAt) {

    /** One row of the pair. */
    public record Side(
            UUID transactionId,
            UUID accountId,
            LocalDate bookingDay,
            BigDecimal amount,
            String currency,
            String description) {}

    static final String COLUMNS = """
            x.id, x.kind, x.made_by, x.created_at,
            o.id AS out_id, o.account_id AS out_account, o.booking_day AS out_day, o.amount AS out_amount,
            o.currency AS out_currency, o.description AS out_description,
            i.id AS in_id, i.account_id AS in_account, i.booking_day AS in_day, i.amount AS in_amount,
            i.currency AS in_currency, i.description AS in_description""";

    static TransferView of(Row row) {
        return new TransferView(
                row.getUUID("id"),
                row.getString("kind"),
                row.getString("made_by"),
                side(row, "out"),
                side(row, "in"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static Side side(Row row, String side) {
        return new Side(
                row.getUUID(side + "_id"),
                row.getUUID(side + "_account"),
                row.getLocalDate(side + "_day"),
                row.getBigDecimal(side + "_amount"),
                row.getString(side + "_currency"),
                row.getString(side + "_description"));
    }
}
