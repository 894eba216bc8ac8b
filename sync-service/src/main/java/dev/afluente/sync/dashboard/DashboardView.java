package dev.afluente.sync.dashboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A person's money at a glance, of one moment. Sums are signed as the rows are: expense is negative. Transfers between
 * own accounts, paid card bills among them, are in no sum, nor is a bill's payment as a card shows it, wherever the money
 * came from; rows that are still pending are. A payment that left a bank account and has no pair is an expense: whether
 * its card is connected nobody knows.
 *
 * @param month as asked for, e.g. 2026-03
 * @param from its first day in São Paulo
 * @param to its last
 * @param recent the newest ten up to now, whatever the month
 */
public record DashboardView(
        String month,
        LocalDate from,
        LocalDate to,
        List<Balance> balances,
        List<Month> totals,
        List<Category> categories,
        List<Connection> connections,
        List<Recent> recent) {

    /**
     * What there is in one currency, over all connections that have not been removed.
     *
     * @param cardDebt what the banks say has been used of cards
     * @param net bank minus card debt
     */
    public record Balance(
            String currency, BigDecimal bank, BigDecimal cardDebt, BigDecimal net, int accounts, int cards) {}

    /** The month in one currency. */
    public record Month(String currency, BigDecimal income, BigDecimal expense, BigDecimal net, int transactions) {}

    /** The month in one category and currency; without a category for what has none. */
    public record Category(
            @Schema(nullable = true) String categoryId,
            @Schema(nullable = true) String category,
            @Schema(nullable = true) String parentId,
            String currency,
            BigDecimal income,
            BigDecimal expense,
            BigDecimal net,
            int transactions) {}

    /**
     * One connection in one currency.
     *
     * @param removed its balances count no longer, what it brought this month does
     * @param lastReadAt when the account that was read longest ago was read; null when one never was
     */
    public record Connection(
            UUID connectionId,
            boolean removed,
            String currency,
            BigDecimal bank,
            BigDecimal cardDebt,
            BigDecimal income,
            BigDecimal expense,
            BigDecimal net,
            int transactions,
            @Schema(nullable = true) Instant lastReadAt) {}

    /** A transaction in brief. */
    public record Recent(
            UUID id,
            UUID accountId,
            LocalDate bookingDay,
            String description,
            BigDecimal amount,
            String currency,
            String status,
            @Schema(nullable = true) String categoryId,
            @Schema(nullable = true) String category) {}
}
