package dev.afluente.sync.source.bill;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * A bill in the ledger's own words. Amounts are what is owed, positive; what the provider does not say is null.
 *
 * @param closingDay the last day whose rows are on it; may be null
 * @param minimumPayment may be null
 * @param allowsInstallments whether it may be paid in parts; may be null
 */
public record SourceBill(
        String providerId,
        LocalDate closingDay,
        LocalDate dueDay,
        BigDecimal total,
        String currency,
        BigDecimal minimumPayment,
        Boolean allowsInstallments,
        List<Charge> charges,
        List<Payment> payments) {

    /**
     * What a bill adds to the purchases.
     *
     * @param type the provider's word, e.g. {@code IOF}
     * @param info the provider's explanation; may be null
     */
    public record Charge(String type, BigDecimal amount, String currency, String info) {}

    /**
     * What was paid of a bill.
     *
     * @param type {@code FULL_PAYMENT}, {@code INSTALLMENT_PAYMENT} or another word of the provider's; may be null
     * @param mode e.g. {@code PIX}; may be null
     * @param day may be null
     */
    public record Payment(String type, String mode, LocalDate day, BigDecimal amount, String currency) {}
}
