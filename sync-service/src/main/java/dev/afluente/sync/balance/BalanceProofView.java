package dev.afluente.sync.balance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far an account's rows explain what the provider says it holds.
 *
 * @param basis which rows are added up: {@code POSTED} for bank accounts, {@code POSTED_AND_PENDING} for cards
 * @param conclusive whether drift proves that rows are missing, doubled or wrong; false for cards, whose balance is what
 *     has been used or what the open bill holds, as the bank likes
 * @param drift over everything noted so far; "0" when it adds up
 * @param data newest first; each reaches from one note to the next
 */
public record BalanceProofView(
        UUID accountId,
        String currency,

        @Schema(enumeration = {"POSTED", "POSTED_AND_PENDING"})
        String basis,

        boolean conclusive,
        BigDecimal drift,
        List<Interval> data,

        @Schema(nullable = true, description = "Where the next page begins, opaque; null on the last page.")
        String nextCursor) {

    /**
     * Between two balances that the provider told.
     *
     * @param balanceChange the difference of the two balances
     * @param ledgerChange what the rows' sum moved by in between, as it should have moved the balance
     * @param drift {@code balanceChange} minus {@code ledgerChange}
     */
    public record Interval(
            UUID id,
            Instant from,
            Instant to,
            BigDecimal fromBalance,
            BigDecimal toBalance,
            BigDecimal balanceChange,
            BigDecimal ledgerChange,
            BigDecimal drift) {}

    /** One note: what the provider said, and what the rows added up to. */
    record Point(UUID id, Instant at, BigDecimal balance, BigDecimal posted, BigDecimal pending) {}

    /** On a card, money out of its owner's hand is a higher balance, and the open bill is in it. */
    static Interval between(Point from, Point to, boolean card) {
        BigDecimal balance = to.balance().subtract(from.balance());
        BigDecimal posted = to.posted().subtract(from.posted());
        BigDecimal rows =
                card ? posted.add(to.pending().subtract(from.pending())).negate() : posted;
        return new Interval(
                to.id(), from.at(), to.at(), from.balance(), to.balance(), balance, rows, balance.subtract(rows));
    }
}
