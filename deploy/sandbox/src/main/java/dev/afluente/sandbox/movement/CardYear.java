package dev.afluente.sandbox.movement;

import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.brazil.Merchant;
import dev.afluente.sandbox.brazil.Merchants;
import dev.afluente.sandbox.statement.Bills;
import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.CardDetails;
import dev.afluente.sandbox.statement.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * A year of a credit card: purchases, purchases in instalments (the coming ones dated in the future), one abroad with its
 * IOF, one that was given back, the payments of the bills. Rows of a bill that is still open are PENDING and have no bill id.
 */
final class CardYear {

    private static final int MONTHS = 12;
    private static final int INSTALMENT_PURCHASES = 4;
    private static final BigDecimal DOLLAR = new BigDecimal("5.4321");
    private static final BigDecimal IOF_RATE = new BigDecimal("0.035");

    private static final Merchant TAX_OFFICE =
            new Merchant("IOF COMPRA INTERNACIONAL", null, null, null, null, new Merchant.Spending(Bills.TAX, 0, 0));

    private CardYear() {}

    static List<Row> rows(Book book) {
        var rows = new ArrayList<Row>();
        for (int back = 0; back < MONTHS; back++) {
            LocalDate month = book.anchor().withDayOfMonth(1).minusMonths(back);
            var draw = new Draw(book.key(), -100L - back);
            for (int i = draw.between(3, 6); i > 0; i--) {
                LocalDate day = month.plusDays(draw.below(28));
                if (!day.isAfter(book.anchor())) {
                    rows.add(purchase(book, rows.size(), Book.midnight(day)));
                }
            }
        }
        instalments(book, rows);
        abroad(book, rows);
        refund(book, rows);
        payments(book, rows);
        return rows;
    }

    /** A purchase in one payment, made after the first collection. */
    static Row later(Book book, long slot, Instant date, boolean pending) {
        return purchase(book, slot, date).withPending(pending);
    }

    private static Row purchase(Book book, long slot, Instant date) {
        var draw = new Draw(book.key(), slot);
        Merchant shop = draw.of(Merchants.of(draw.percent(50) ? "online" : "shop"));
        BigDecimal amount = draw.cents(shop.spending().low(), shop.spending().high());
        var text = new Row.Text(shop.name(), shop.name() + " SAO PAULO BRA");
        return row(book, draw, new Charge(slot, date, text, Row.Money.brl(amount), shop, null, date));
    }

    private static void instalments(Book book, List<Row> rows) {
        for (int i = 0; i < INSTALMENT_PURCHASES; i++) {
            var draw = new Draw(book.key(), -200L - i);
            Merchant shop = draw.of(Merchants.of("online"));
            int total = draw.of(List.of(3, 6, 10, 12));
            LocalDate bought = book.anchor().minusDays(draw.between(10, 150));
            BigDecimal whole = draw.cents(30000, 360000);
            BigDecimal part = whole.divide(BigDecimal.valueOf(total), 2, RoundingMode.DOWN);
            BigDecimal first = whole.subtract(part.multiply(BigDecimal.valueOf(total - 1L)));
            for (int number = 1; number <= total; number++) {
                String mark = " PARC " + two(number) + "/" + two(total);
                var text = new Row.Text(shop.name() + mark, shop.name() + mark);
                rows.add(row(
                        book,
                        draw,
                        new Charge(
                                rows.size(),
                                Book.midnight(bought.plusMonths(number - 1L)),
                                text,
                                Row.Money.brl(number == 1 ? first : part),
                                shop,
                                new CardDetails.Installment(number, total, whole),
                                Book.midnight(bought))));
            }
        }
    }

    private static void abroad(Book book, List<Row> rows) {
        var draw = new Draw(book.key(), -300L);
        Merchant shop = draw.of(Merchants.of("abroad"));
        BigDecimal dollars = draw.cents(shop.spending().low(), shop.spending().high());
        BigDecimal reais = dollars.multiply(DOLLAR).setScale(2, RoundingMode.HALF_EVEN);
        Instant date = Book.midnight(book.anchor().minusDays(draw.between(3, 40)));
        var text = new Row.Text(shop.name(), shop.businessName() + " US");
        rows.add(row(
                book,
                draw,
                new Charge(rows.size(), date, text, new Row.Money(dollars, "USD", reais), shop, null, date)));
        BigDecimal tax = reais.multiply(IOF_RATE).setScale(2, RoundingMode.HALF_EVEN);
        var taxText = new Row.Text(TAX_OFFICE.name(), TAX_OFFICE.name());
        rows.add(row(book, draw, new Charge(rows.size(), date, taxText, Row.Money.brl(tax), TAX_OFFICE, null, date)));
    }

    private static void refund(Book book, List<Row> rows) {
        var draw = new Draw(book.key(), -350L);
        Merchant shop = draw.of(Merchants.of("online"));
        BigDecimal amount = draw.cents(shop.spending().low(), shop.spending().high());
        LocalDate bought = book.anchor().minusDays(draw.between(30, 60));
        Instant date = Book.midnight(bought);
        var text = new Row.Text(shop.name(), shop.name() + " SAO PAULO BRA");
        rows.add(row(book, draw, new Charge(rows.size(), date, text, Row.Money.brl(amount), shop, null, date)));
        Instant returned = Book.midnight(bought.plusDays(6));
        var back = new Row.Text("ESTORNO " + shop.name(), "ESTORNO DE COMPRA " + shop.name());
        rows.add(row(
                book, draw, new Charge(rows.size(), returned, back, Row.Money.brl(amount.negate()), shop, null, date)));
    }

    private static void payments(Book book, List<Row> rows) {
        for (Bills.Bill bill : Bills.of(book, rows)) {
            if (bill.paidOn().isAfter(book.anchor()) || bill.total().signum() <= 0) {
                continue;
            }
            Instant date = Book.midnight(bill.paidOn());
            var draw = new Draw(book.key(), -400L - rows.size());
            var text = new Row.Text("Pagamento de fatura", "PAGAMENTO RECEBIDO OBRIGADO");
            Row.Money money = Row.Money.brl(bill.total().negate());
            rows.add(row(book, draw, new Charge(rows.size(), date, text, money, null, null, date)));
        }
    }

    private record Charge(
            long slot,
            Instant date,
            Row.Text text,
            Row.Money money,
            Merchant shop,
            CardDetails.Installment installment,
            Instant bought) {}

    private static Row row(Book book, Draw draw, Charge charge) {
        LocalDate day = charge.date().atOffset(Book.SAO_PAULO).toLocalDate();
        YearMonth bill = Bills.monthOf(day);
        boolean open = Bills.isOpen(bill, book.anchor());
        var details = new CardDetails(
                charge.installment(),
                charge.bought(),
                charge.shop() == null ? null : charge.shop().mcc(),
                Bills.cardNumber(book),
                open ? null : Bills.id(book, bill),
                book.openFinance() ? YearMonth.from(Bills.due(bill)).toString() : null);
        var at = new BankRows.At(charge.slot(), charge.date(), open);
        boolean known = charge.shop() != null && charge.shop().cnpj() != null;
        return new Row(
                charge.date(),
                charge.text(),
                charge.money(),
                open && charge.shop() != null,
                charge.shop() == null ? Bills.PAYMENT : charge.shop().spending().categoryId(),
                BankRows.origin(book, draw, at, charge.shop() == null ? "PAGAMENTO" : "OPERACOES_CREDITO"),
                new Row.Details(null, details, known ? charge.shop() : null));
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
