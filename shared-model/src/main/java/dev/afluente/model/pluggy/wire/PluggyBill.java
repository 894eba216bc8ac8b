package dev.afluente.model.pluggy.wire;

import java.math.BigDecimal;
import java.util.List;

/**
 * A closed card bill as Pluggy answers it (OpenAPI schema {@code Bill}). Every field may be absent; it has no line items.
 * The dates come as a day or as an instant: kept as text until read.
 */
public record PluggyBill(
        String id,
        String dueDate,
        String billClosingDate,
        BigDecimal totalAmount,
        String totalAmountCurrencyCode,
        BigDecimal minimumPaymentAmount,
        Boolean allowsInstallments,
        List<FinanceCharge> financeCharges,
        List<Payment> payments) {

    /** What the bill adds to the purchases; {@code type} is an open enumeration such as IOF or LATE_PAYMENT_FEE. */
    public record FinanceCharge(String type, BigDecimal amount, String currencyCode, String additionalInfo) {}

    /** A payment of this bill; both enumerations are open, e.g. FULL_PAYMENT by PIX. */
    public record Payment(
            String valueType, String paymentDate, String paymentMode, BigDecimal amount, String currencyCode) {}
}
