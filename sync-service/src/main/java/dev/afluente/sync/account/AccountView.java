package dev.afluente.sync.account;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An account or card as clients see it.
 *
 * @param balance as the bank states it; on a card, what has been used
 * @param alias the name the person gave it; null without one
 * @param bankCode its bank's COMPE code or ISPB; null when the provider does not tell it, and for cards
 * @param credit null unless it is a card
 * @param lastReadAt when the ledger last took in everything new; null before the first time
 */
public record AccountView(
        UUID id,
        UUID connectionId,
        String providerId,
        String type,
        @Schema(nullable = true) String subtype,
        @Schema(nullable = true) String name,
        @Schema(nullable = true) String number,
        @Schema(nullable = true) String alias,
        @Schema(nullable = true) String bankCode,
        @Schema(nullable = true) BigDecimal balance,
        String currency,
        @Schema(nullable = true) Credit credit,
        @Schema(nullable = true) Instant lastReadAt,
        Instant createdAt,
        Instant updatedAt) {

    /** What only a card has. */
    public record Credit(
            @Schema(nullable = true) BigDecimal limit,
            @Schema(nullable = true) BigDecimal available,
            @Schema(nullable = true) BigDecimal minimumPayment,
            @Schema(nullable = true) LocalDate closingDay,
            @Schema(nullable = true) LocalDate dueDay,
            @Schema(nullable = true) String brand) {}

    static final String COLUMNS = """
            id, connection_id, provider_id, type, subtype, name, number, alias, bank_code, balance, currency, credit_limit,
            available_limit, minimum_payment, closing_day, due_day, brand, read_at, created_at, updated_at""";

    static AccountView of(Row row) {
        return new AccountView(
                row.getUUID("id"),
                row.getUUID("connection_id"),
                row.getString("provider_id"),
                row.getString("type"),
                row.getString("subtype"),
                row.getString("name"),
                row.getString("number"),
                row.getString("alias"),
                row.getString("bank_code"),
                row.getBigDecimal("balance"),
                row.getString("currency"),
                row.getString("type").equals("CREDIT") ? credit(row) : null,
                instant(row.getOffsetDateTime("read_at")),
                instant(row.getOffsetDateTime("created_at")),
                instant(row.getOffsetDateTime("updated_at")));
    }

    private static Credit credit(Row row) {
        return new Credit(
                row.getBigDecimal("credit_limit"),
                row.getBigDecimal("available_limit"),
                row.getBigDecimal("minimum_payment"),
                row.getLocalDate("closing_day"),
                row.getLocalDate("due_day"),
                row.getString("brand"));
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
