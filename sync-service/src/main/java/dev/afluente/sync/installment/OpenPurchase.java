package dev.afluente.sync.installment;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A purchase in instalments of which parts are still to come.
 *
 * @param total parts in all
 * @param paid parts up to the latest one that the bank has booked; those not booked are on an open bill or on one to come
 * @param remaining parts after it
 * @param totalAmount the whole purchase, signed: money out is negative; null where neither the bank says nor all parts are there
 * @param remainingAmount what is left, signed alike
 * @param estimated whether parts are among it that the bank has not shown yet: each counts like the latest one
 * @param nextDate when the next part comes; a month after the latest one where the bank has not shown it yet
 */
public record OpenPurchase(
        UUID purchaseId,
        UUID accountId,
        UUID connectionId,
        String description,
        LocalDate purchaseDate,
        int total,
        int paid,
        int remaining,
        @Schema(nullable = true) BigDecimal totalAmount,
        BigDecimal remainingAmount,
        String currency,
        boolean estimated,
        LocalDate nextDate) {

    static OpenPurchase of(Row row) {
        int total = row.getInteger("total");
        int paid = row.getInteger("paid");
        int remaining = total - paid;
        int shown = row.getInteger("coming");
        BigDecimal missing = row.getBigDecimal("latest_amount").multiply(BigDecimal.valueOf(remaining - shown));
        LocalDate next = row.getLocalDate("next_day");
        return new OpenPurchase(
                row.getUUID("purchase_id"),
                row.getUUID("account_id"),
                row.getUUID("connection_id"),
                PurchaseText.of(row.getString("description"), new Part.Numbering(row.getInteger("number"), total)),
                row.getLocalDate("purchase_day"),
                total,
                paid,
                remaining,
                row.getBigDecimal("total_amount"),
                row.getBigDecimal("coming_amount").add(missing),
                row.getString("currency"),
                remaining > shown,
                next == null ? row.getLocalDate("latest_day").plusMonths(1) : next);
    }
}
