package dev.afluente.sandbox.statement;

import dev.afluente.sandbox.brazil.Draw;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The card's monthly bills. A bill closes on the 25th of its month, or on the Monday after a weekend, so closing days
 * move; it is due on the 5th of the next month.
 */
public final class Bills {

    private static final int CLOSING_DAY = 25;
    private static final int DUE_DAY = 5;
    private static final int MONTHS = 12;

    private Bills() {}

    /** The category of bill payments. */
    public static final String PAYMENT = "05100000";

    /** The category of taxes, of which a card has one: IOF on purchases abroad. */
    public static final String TAX = "15000000";

    /** A closed bill. {@code total} leaves out the payments; {@code taxes} is the part of it that is IOF. */
    public record Bill(String id, LocalDate closing, LocalDate due, BigDecimal total, BigDecimal taxes) {

        public LocalDate paidOn() {
            return due.minusDays(1);
        }
    }

    /** The closed bills of the year, newest first. Open bills are not reported, as at Pluggy. */
    public static List<Bill> of(Book book, List<Row> rows) {
        var bills = new ArrayList<Bill>();
        for (int back = 0; back < MONTHS; back++) {
            YearMonth month = YearMonth.from(book.anchor()).minusMonths(back);
            if (isOpen(month, book.anchor())) {
                continue;
            }
            String id = id(book, month);
            List<Row> own = rows.stream()
                    .filter(row -> id.equals(row.details().card().billId()))
                    .toList();
            BigDecimal total = sum(own, row -> !row.categoryId().equals(PAYMENT));
            BigDecimal taxes = sum(own, row -> row.categoryId().equals(TAX));
            bills.add(new Bill(id, closing(month), due(month), total, taxes));
        }
        return bills;
    }

    private static BigDecimal sum(List<Row> rows, Predicate<Row> which) {
        return rows.stream().filter(which).map(row -> row.money().booked()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The last day whose rows are on a month's bill. */
    public static LocalDate closing(YearMonth month) {
        LocalDate day = month.atDay(CLOSING_DAY);
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> day.plusDays(2);
            case SUNDAY -> day.plusDays(1);
            default -> day;
        };
    }

    /** The day a month's bill is due. */
    public static LocalDate due(YearMonth month) {
        return month.plusMonths(1).atDay(DUE_DAY);
    }

    public static YearMonth monthOf(LocalDate day) {
        YearMonth month = YearMonth.from(day);
        return day.isAfter(closing(month)) ? month.plusMonths(1) : month;
    }

    public static boolean isOpen(YearMonth bill, LocalDate today) {
        return !closing(bill).isBefore(today);
    }

    public static LocalDate nextClosing(LocalDate today) {
        YearMonth month = YearMonth.from(today);
        return closing(isOpen(month, today) ? month : month.plusMonths(1));
    }

    public static LocalDate nextDue(LocalDate today) {
        return due(YearMonth.from(nextClosing(today)));
    }

    /** The card's last four digits. */
    public static String cardNumber(Book book) {
        return new Draw(book.key(), -500L).digits(4);
    }

    public static String id(Book book, YearMonth month) {
        return UUID.nameUUIDFromBytes((book.accountId() + month).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
