package dev.afluente.sandbox.movement;

import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A year in a household's checking and savings accounts, month by month: pay, rent, bills, shopping, transfers. */
final class Household {

    private static final int MONTHS = 12;

    private Household() {}

    static List<Row> rows(Book book) {
        var rows = new ArrayList<Row>();
        for (int back = 0; back < MONTHS; back++) {
            LocalDate month = book.anchor().withDayOfMonth(1).minusMonths(back);
            for (Plan plan : month(new Draw(book.key(), -1L - back))) {
                LocalDate day = month.plusDays(plan.day() - 1L);
                if (!day.isAfter(book.anchor())) {
                    rows.add(row(book, plan, day, rows.size()));
                }
            }
        }
        return rows;
    }

    static List<Row> savings(Book book) {
        var rows = new ArrayList<Row>();
        for (int back = 0; back < MONTHS; back++) {
            LocalDate day = book.anchor().withDayOfMonth(1).minusMonths(back);
            rows.add(row(book, new Plan(1, BankRows.Kind.INTEREST, 0), day, rows.size()));
        }
        return rows;
    }

    /** {@code minute} is the minute of the day; 0 is local midnight, which is how banks without times report. */
    private record Plan(int day, BankRows.Kind kind, int minute) {}

    private static List<Plan> month(Draw draw) {
        var plans = new ArrayList<Plan>();
        plans.add(new Plan(5, BankRows.Kind.SALARY, 0));
        plans.add(new Plan(6, BankRows.Kind.CARD_BILL, 0));
        plans.add(new Plan(1, BankRows.Kind.FEE, 0));
        for (int i = 0; i < 3; i++) {
            plans.add(new Plan(8 + 3 * i, BankRows.Kind.BOLETO, 0));
        }
        for (int i = draw.between(3, 5); i > 0; i--) {
            plans.add(anyDay(draw, BankRows.Kind.DEBIT_CARD));
        }
        for (int i = draw.between(2, 4); i > 0; i--) {
            plans.add(anyDay(draw, BankRows.Kind.PIX_OUT));
        }
        plans.add(anyDay(draw, BankRows.Kind.PIX_IN));
        if (draw.percent(40)) {
            plans.add(anyDay(draw, draw.percent(50) ? BankRows.Kind.TED_OUT : BankRows.Kind.TED_IN));
        }
        if (draw.percent(60)) {
            plans.add(anyDay(draw, BankRows.Kind.TO_SAVINGS));
        }
        return plans;
    }

    private static Plan anyDay(Draw draw, BankRows.Kind kind) {
        int minute = draw.percent(50) ? 0 : draw.between(7 * 60, 23 * 60 + 59);
        return new Plan(draw.between(1, 28), kind, minute);
    }

    private static Row row(Book book, Plan plan, LocalDate day, int slot) {
        Instant date = Book.midnight(day).plusSeconds(plan.minute() * 60L);
        boolean pending = day.equals(book.anchor()) && plan.kind() == BankRows.Kind.DEBIT_CARD;
        return BankRows.of(plan.kind(), book, new Draw(book.key(), slot), new BankRows.At(slot, date, pending));
    }
}
