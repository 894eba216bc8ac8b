package dev.afluente.sandbox.statement;

import java.math.BigDecimal;
import java.time.Instant;

/** {@code installment} is null for a purchase in one payment; {@code billId} is null while the bill is open. */
public record CardDetails(
        Installment installment, Instant purchaseDate, String mcc, String cardNumber, String billId, String forecast) {

    public record Installment(int number, int total, BigDecimal totalAmount) {}
}
