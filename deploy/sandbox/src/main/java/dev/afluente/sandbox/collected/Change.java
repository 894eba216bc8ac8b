package dev.afluente.sandbox.collected;

import dev.afluente.sandbox.statement.Row;
import java.math.BigDecimal;
import java.time.Instant;

/** A correction of one row under its id; the parts that did not change are null. */
public record Change(String shown, BigDecimal amount, Boolean pending, String categoryId, Instant at) {

    static Change ofText(String shown, Instant at) {
        return new Change(shown, null, null, null, at);
    }

    static Change ofAmount(BigDecimal amount, Instant at) {
        return new Change(null, amount, null, null, at);
    }

    static Change ofPending(boolean pending, Instant at) {
        return new Change(null, null, pending, null, at);
    }

    public static Change ofCategory(String categoryId, Instant at) {
        return new Change(null, null, null, categoryId, at);
    }

    /** This change and then {@code later}. */
    Change then(Change later) {
        return new Change(
                later.shown == null ? shown : later.shown,
                later.amount == null ? amount : later.amount,
                later.pending == null ? pending : later.pending,
                later.categoryId == null ? categoryId : later.categoryId,
                later.at);
    }

    Row applyTo(Row row) {
        Row changed = row;
        if (shown != null) {
            changed = changed.withText(new Row.Text(shown, row.text().raw()));
        }
        if (amount != null) {
            changed = changed.withMoney(
                    row.money().inAccountCurrency() == null
                            ? new Row.Money(amount, row.money().currency(), null)
                            : new Row.Money(row.money().amount(), row.money().currency(), amount));
        }
        if (pending != null) {
            changed = changed.withPending(pending);
        }
        return categoryId == null ? changed : changed.withCategory(categoryId);
    }
}
