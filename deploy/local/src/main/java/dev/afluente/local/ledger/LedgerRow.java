package dev.afluente.local.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * One movement in the form in which both sides can be compared: the provider's id, the instant, and the amount as the account's
 * owner sees it (money out is negative, on cards too).
 */
record LedgerRow(
        String id, Instant date, BigDecimal amount, String currency, String description, String status, String type) {

    /** From {@code GET /api/banking/transactions}. */
    static LedgerRow ofApi(JsonNode row) {
        return new LedgerRow(
                row.path("provider_id").asText(),
                instant(row.path("date").asText()),
                new BigDecimal(row.path("amount").asText()).stripTrailingZeros(),
                text(row, "currency"),
                text(row, "description"),
                text(row, "status"),
                text(row, "type"));
    }

    /**
     * From the bank's own ledger, in Pluggy's form.
     *
     * @param card Pluggy shows what was spent on a card as a positive amount
     */
    static LedgerRow ofBank(JsonNode row, boolean card) {
        BigDecimal amount = row.path("amount").decimalValue().stripTrailingZeros();
        return new LedgerRow(
                row.path("id").asText(),
                instant(row.path("date").asText()),
                card ? amount.negate() : amount,
                text(row, "currencyCode"),
                text(row, "description"),
                text(row, "status"),
                text(row, "type"));
    }

    /** Which fields differ, for people: {@code amount -10 / -12}. */
    String differences(LedgerRow other) {
        StringBuilder text = new StringBuilder();
        note(text, "date", date, other.date);
        note(text, "amount", amount.toPlainString(), other.amount.toPlainString());
        note(text, "currency", currency, other.currency);
        note(text, "description", description, other.description);
        note(text, "status", status, other.status);
        note(text, "type", type, other.type);
        return text.toString();
    }

    private static void note(StringBuilder text, String field, Object mine, Object theirs) {
        if (!Objects.equals(mine, theirs)) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(field)
                    .append(' ')
                    .append(mine)
                    .append(" / ")
                    .append(theirs);
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).isValueNode() && !row.path(field).isNull()
                ? row.path(field).asText()
                : null;
    }
}
