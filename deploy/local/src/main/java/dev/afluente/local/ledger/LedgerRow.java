package dev.afluente.local.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * One movement in the form in which both sides can be compared: the provider's id, the instant, and the amount as the account's
 * owner sees it (money out is negative, on cards too).
 *
 * @param booked in the account's currency
 * @param original in the currency of the purchase; null unless foreign
 */
record LedgerRow(
        String id, Instant date, Money booked, Money original, String description, String status, String type) {

    /** An exact amount; {@code 1.50} and {@code 1.5} are the same. */
    record Money(BigDecimal amount, String currency) {
        Money {
            amount = amount.stripTrailingZeros();
        }

        private Money turned(boolean turn) {
            return turn ? new Money(amount.negate(), currency) : this;
        }

        @Override
        public String toString() {
            return amount.toPlainString() + " " + currency;
        }
    }

    /** From {@code GET /api/banking/transactions}. */
    static LedgerRow ofApi(JsonNode row) {
        String originalCurrency = text(row, "original_currency");
        return new LedgerRow(
                row.path("provider_id").asText(),
                instant(row.path("date").asText()),
                new Money(new BigDecimal(row.path("amount").asText()), text(row, "currency")),
                originalCurrency == null
                        ? null
                        : new Money(new BigDecimal(row.path("original_amount").asText()), originalCurrency),
                text(row, "description"),
                text(row, "status"),
                text(row, "type"));
    }

    /**
     * From the bank's own ledger, in Pluggy's form: what was spent on a card is positive there, and the amount of a foreign
     * purchase is in the foreign currency.
     *
     * @param currency the account's
     */
    static LedgerRow ofBank(JsonNode row, boolean card, String currency) {
        Money shown = new Money(row.path("amount").decimalValue(), text(row, "currencyCode")).turned(card);
        JsonNode converted = row.path("amountInAccountCurrency");
        boolean foreign = converted.isNumber() && !currency.equals(shown.currency());
        return new LedgerRow(
                row.path("id").asText(),
                instant(row.path("date").asText()),
                foreign ? new Money(converted.decimalValue(), currency).turned(card) : shown,
                foreign ? shown : null,
                text(row, "description"),
                text(row, "status"),
                text(row, "type"));
    }

    /** Which fields differ, for people: {@code amount -10 BRL / -12 BRL}. */
    String differences(LedgerRow other) {
        StringBuilder text = new StringBuilder();
        note(text, "date", date, other.date);
        note(text, "amount", booked, other.booked);
        note(text, "original amount", original, other.original);
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
        JsonNode value = row.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
