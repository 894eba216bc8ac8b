package dev.afluente.sync.source;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An account or card in the ledger's own words.
 *
 * @param providerId the provider's id
 * @param type {@code BANK} or {@code CREDIT}
 * @param balance as the provider states it; null when it does not
 * @param credit only for cards
 */
public record SourceAccount(
        String providerId,
        String type,
        String subtype,
        String name,
        String number,
        String currency,
        BigDecimal balance,
        Credit credit) {

    /** What only a card has; every field may be null. */
    public record Credit(
            BigDecimal limit,
            BigDecimal available,
            BigDecimal minimumPayment,
            LocalDate closingDay,
            LocalDate dueDay,
            String brand) {}

    /** Tells whether this is a card. */
    public boolean isCard() {
        return type.equals("CREDIT");
    }
}
