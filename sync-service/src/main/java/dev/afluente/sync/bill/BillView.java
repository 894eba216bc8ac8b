package dev.afluente.sync.bill;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A card bill (fatura) as clients see it. Amounts of a bill are what is owed: positive, and refunds make them smaller.
 *
 * @param state {@code CLOSED}, {@code OPEN} while purchases still go on it, {@code FUTURE} for coming instalments
 * @param estimated whether the bank has not told of it yet: its days are expected, its total is the sum of its rows so far
 * @param opensDay the first day whose rows go on it; null where the bill before it is not known
 * @param closingDay the last day whose rows go on it
 * @param contents only where one bill is shown
 */
public record BillView(
        UUID id,
        UUID accountId,

        @Schema(enumeration = {"CLOSED", "OPEN", "FUTURE"}) String state,

        boolean estimated,
        @Schema(nullable = true) LocalDate opensDay,
        @Schema(nullable = true) LocalDate closingDay,
        LocalDate dueDay,
        BigDecimal total,
        String currency,
        @Schema(nullable = true) BigDecimal minimumPayment,
        @Schema(nullable = true) Boolean allowsInstallments,
        List<Charge> financeCharges,
        List<Payment> payments,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Contents contents) {

    /** Interest, a fee or a tax; {@code type} is the bank's word, e.g. {@code IOF} or {@code LATE_PAYMENT_FEE}; may grow. */
    public record Charge(
            String type,
            BigDecimal amount,
            String currency,
            @Schema(nullable = true) String info) {}

    /** A payment of this bill that the bank tells of; {@code type} and {@code mode} are its words, e.g. by {@code PIX}. */
    public record Payment(
            @Schema(nullable = true) String type,
            @Schema(nullable = true) String mode,
            @Schema(nullable = true) LocalDate day,
            BigDecimal amount,
            String currency) {}

    /**
     * What the bill's rows come to.
     *
     * @param rows how many there are
     * @param charged purchases, fees and taxes, less refunds; payments are not among them
     * @param paid payments among the rows, as a rule of the bill before
     * @param difference the bill's total less {@code charged}: zero when the rows explain the bill
     * @param categories what was charged, the largest first
     */
    public record Contents(
            long rows, BigDecimal charged, BigDecimal paid, BigDecimal difference, List<Category> categories) {}

    /** What was charged under one category; without one both names are null. */
    public record Category(
            @Schema(nullable = true) String categoryId,
            @Schema(nullable = true) String category,
            long rows,
            BigDecimal charged) {}

    BillView with(Contents shown) {
        return new BillView(
                id,
                accountId,
                state,
                estimated,
                opensDay,
                closingDay,
                dueDay,
                total,
                currency,
                minimumPayment,
                allowsInstallments,
                financeCharges,
                payments,
                createdAt,
                updatedAt,
                shown);
    }
}
