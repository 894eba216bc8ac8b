package dev.afluente.sandbox.statement;

import dev.afluente.sandbox.brazil.Draw;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The card's monthly bills. A bill closes on the 25th of its month and is due on the 5th of the next. */
public final class Bills {

    private static final int CLOSING_DAY = 25;
    private static final int DUE_DAY = 5;
    private static final int MONTHS = 12;

    private Bills() {}

    /** A closed bill. {@code total} leaves out the payments. */
    public record Bill(String id, LocalDate closing, LocalDate due, BigDecimal total) {

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
            BigDecimal total = rows.stream()
                    .filter(row -> id.equals(row.details().card().billId()))
                    .map(row -> row.money().booked())
                    .filter(amount -> amount.signum() > 0)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            LocalDate closing = month.atDay(CLOSING_DAY);
            bills.add(new Bill(id, closing, month.plusMonths(1).atDay(DUE_DAY), total));
        }
        return bills;
    }

    public static YearMonth monthOf(LocalDate day) {
        YearMonth month = YearMonth.from(day);
        return day.getDayOfMonth() <= CLOSING_DAY ? month : month.plusMonths(1);
    }

    public static boolean isOpen(YearMonth bill, LocalDate today) {
        return !bill.atDay(CLOSING_DAY).isBefore(today);
    }

    public static LocalDate nextClosing(LocalDate today) {
        YearMonth month = YearMonth.from(today);
        return isOpen(month, today)
                ? month.atDay(CLOSING_DAY)
                : month.plusMonths(1).atDay(CLOSING_DAY);
    }

    public static LocalDate nextDue(LocalDate today) {
        return YearMonth.from(nextClosing(today)).plusMonths(1).atDay(DUE_DAY);
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
