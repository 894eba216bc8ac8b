package dev.afluente.sync.installment;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A card row that says it is one of several parts of a purchase.
 *
 * @param purchase the purchase it is tied to; null as yet
 * @param bought the day of the purchase in São Paulo
 * @param text its description as it is searched
 * @param amount signed, the account's view
 * @param whole the whole purchase, signed alike; null where the bank does not say
 */
record Part(
        UUID row,
        UUID purchase,
        LocalDate bought,
        Numbering numbering,
        String text,
        BigDecimal amount,
        BigDecimal whole) {

    /** Which of how many, e.g. 3 of 10. */
    record Numbering(int number, int total) {
        boolean isSound() {
            return total > 1 && number >= 1 && number <= total;
        }
    }
}
