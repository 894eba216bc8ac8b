package dev.afluente.sync.transaction;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A transaction as clients see it.
 *
 * @param amount signed, the account's view: money out is negative, for cards too
 * @param originalAmount in the currency of the purchase; null unless foreign
 * @param categoryId the one that counts: the person's own choice, else a rule's, else the provider's
 * @param category its name
 * @param billId the card bill it is on, as told or as expected; null on other accounts
 * @param transferId the transfer between own accounts it is one side of; null when it is not. Told as it is when the row is
 *     read: making or ending a pair is no change of the row
 * @param categorySource who chose the category: user, rule or provider; null without one
 * @param notes the person's own words
 */
public record TransactionView(
        UUID id,
        UUID accountId,
        UUID connectionId,
        String providerId,
        Instant date,
        LocalDate bookingDay,
        BigDecimal amount,
        String currency,
        @Schema(nullable = true) BigDecimal originalAmount,
        @Schema(nullable = true) String originalCurrency,
        String description,
        String type,
        String status,
        @Schema(nullable = true) String categoryId,
        @Schema(nullable = true) String category,
        @Schema(nullable = true) String categorySource,
        @Schema(nullable = true) String notes,
        @Schema(nullable = true) String paymentMethod,
        @Schema(nullable = true) Party merchant,
        @Schema(nullable = true) Party counterparty,
        @Schema(nullable = true) Installment installment,
        @Schema(nullable = true) UUID billId,
        @Schema(nullable = true) UUID transferId,
        Instant createdAt,
        Instant updatedAt) {

    /** A shop, or the other side of a payment; {@code document} is a CPF or CNPJ as the provider wrote it. */
    public record Party(
            @Schema(nullable = true) String name,
            @Schema(nullable = true) String document) {}

    /**
     * One of several parts of a purchase, e.g. 3 of 10.
     *
     * @param totalAmount the whole purchase, signed like the row's amount; null where the bank does not say
     * @param purchaseId the same for all parts of a purchase; null where it is not certain which one this is
     */
    public record Installment(
            Integer number,
            @Schema(nullable = true) Integer total,
            @Schema(nullable = true) LocalDate purchaseDate,
            @Schema(nullable = true) BigDecimal totalAmount,
            @Schema(nullable = true) UUID purchaseId) {}

    /** What {@link #of} reads. */
    public static final String COLUMNS = """
            id, account_id, connection_id, provider_id, date, booking_day, amount, currency, original_amount,
            original_currency, description, type, status, category_id, user_category_id, rule_category_id,
            provider_category_id, provider_category, notes, payment_method,
            merchant_name, merchant_document, counterparty_name, counterparty_document, installment_number,
            installment_total, purchase_day, purchase_total, purchase_id, statement_id, created_at, updated_at,
            CASE WHEN amount < 0
                THEN (SELECT x.id FROM transfer x WHERE x.tenant_id = transaction.tenant_id AND x.out_id = transaction.id)
                ELSE (SELECT x.id FROM transfer x WHERE x.tenant_id = transaction.tenant_id AND x.in_id = transaction.id)
            END AS transfer_id""";

    static TransactionView of(Row row, Map<String, String> categoryNames) {
        String category = row.getString("category_id");
        return new TransactionView(
                row.getUUID("id"),
                row.getUUID("account_id"),
                row.getUUID("connection_id"),
                row.getString("provider_id"),
                instant(row, "date"),
                row.getLocalDate("booking_day"),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                row.getBigDecimal("original_amount"),
                row.getString("original_currency"),
                row.getString("description"),
                row.getString("type"),
                row.getString("status"),
                category,
                categoryName(row, categoryNames),
                categorySource(row),
                row.getString("notes"),
                row.getString("payment_method"),
                party(row, "merchant_name", "merchant_document"),
                party(row, "counterparty_name", "counterparty_document"),
                installment(row),
                row.getUUID("statement_id"),
                row.getUUID("transfer_id"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    /** A category of the provider that its tree does not hold yet has the name that came with the row. */
    private static String categoryName(Row row, Map<String, String> names) {
        String category = row.getString("category_id");
        boolean ofProvider = category != null && category.equals(row.getString("provider_category_id"));
        return category == null
                ? null
                : names.getOrDefault(category, ofProvider ? row.getString("provider_category") : null);
    }

    private static String categorySource(Row row) {
        if (row.getString("user_category_id") != null) {
            return "user";
        }
        if (row.getString("rule_category_id") != null) {
            return "rule";
        }
        return row.getString("category_id") == null ? null : "provider";
    }

    private static Party party(Row row, String name, String document) {
        Party party = new Party(row.getString(name), row.getString(document));
        return party.name == null && party.document == null ? null : party;
    }

    private static Installment installment(Row row) {
        Integer number = row.getInteger("installment_number");
        return number == null
                ? null
                : new Installment(
                        number,
                        row.getInteger("installment_total"),
                        row.getLocalDate("purchase_day"),
                        row.getBigDecimal("purchase_total"),
                        row.getUUID("purchase_id"));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
