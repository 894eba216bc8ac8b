package dev.afluente.sync.source;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * A transaction in the ledger's own words. Everything but the fields of {@link Payment} and {@link Card} and the
 * original amount is present: a row that lacks it is set aside by the source.
 *
 * @param date the posting instant
 * @param bookingDay its calendar day in São Paulo
 * @param amount in the account's currency, the account's view: money out is negative, for cards too
 * @param originalAmount in the currency of the purchase, signed like {@code amount}; null unless foreign
 * @param providerAmount the number as the provider wrote it, sign included
 * @param type {@code DEBIT} or {@code CREDIT}, agreeing with the sign of {@code amount}
 * @param status {@code PENDING} or {@code POSTED}
 */
public record SourceTransaction(
        String providerId,
        Instant date,
        LocalDate bookingDay,
        BigDecimal amount,
        String currency,
        BigDecimal originalAmount,
        String originalCurrency,
        BigDecimal providerAmount,
        String description,
        String type,
        String status,
        Category category,
        Payment payment,
        Card card) {

    /** The provider's opinion; both null when it has none. */
    public record Category(String id, String name) {}

    /** Who stands on the other side; every field may be null. */
    public record Payment(
            String method,
            String merchantName,
            String merchantDocument,
            String counterpartyName,
            String counterpartyDocument) {}

    /**
     * What only a card's row has; every field may be null.
     *
     * @param billId the provider's id of the bill the row is on; as a rule null until the bill has closed
     * @param purchaseTotal the whole of a purchase in parts, the account's view
     * @param billForecast the month of the bill the provider expects the row on; whether it means the month in which the
     *     bill closes or the one in which it is due differs
     */
    public record Card(
            Integer installmentNumber,
            Integer installmentTotal,
            LocalDate purchaseDay,
            String billId,
            BigDecimal purchaseTotal,
            YearMonth billForecast) {
        /** Of a row that is not a card's. */
        public static final Card NOTHING = new Card(null, null, null, null);

        public Card(Integer installmentNumber, Integer installmentTotal, LocalDate purchaseDay, String billId) {
            this(installmentNumber, installmentTotal, purchaseDay, billId, null, null);
        }
    }
}
