package dev.afluente.sandbox.statement;

import dev.afluente.sandbox.brazil.Merchant;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What the bank knows of one movement; Pluggy adds the ids and the times of collection. Amounts are signed from the
 * account's view as real institutions report it: bank accounts lose with a minus, cards owe with a plus.
 */
public record Row(
        Instant date, Text text, Money money, boolean pending, String categoryId, Origin origin, Details details) {

    /** {@code raw} is null where the institution gives no raw text. */
    public record Text(String shown, String raw) {}

    /** {@code inAccountCurrency} is null unless the movement was made in another currency. */
    public record Money(BigDecimal amount, String currency, BigDecimal inAccountCurrency) {

        public static Money brl(BigDecimal amount) {
            return new Money(amount, "BRL", null);
        }

        /** The movement in the account's own currency. */
        public BigDecimal booked() {
            return inAccountCurrency == null ? amount : inAccountCurrency;
        }
    }

    /** The institution's own marks; the last three are null outside Open Finance. */
    public record Origin(String providerCode, String providerId, String operationType, String operationInfo) {}

    /** Any of the three may be null. */
    public record Details(Payment payment, CardDetails card, Merchant merchant) {

        public static final Details NONE = new Details(null, null, null);
    }

    public Row withDate(Instant newDate) {
        return new Row(newDate, text, money, pending, categoryId, origin, details);
    }

    public Row withText(Text newText) {
        return new Row(date, newText, money, pending, categoryId, origin, details);
    }

    public Row withMoney(Money newMoney) {
        return new Row(date, text, newMoney, pending, categoryId, origin, details);
    }

    public Row withPending(boolean newPending) {
        return new Row(date, text, money, newPending, categoryId, origin, details);
    }

    public Row withCategory(String newCategoryId) {
        return new Row(date, text, money, pending, newCategoryId, origin, details);
    }
}
