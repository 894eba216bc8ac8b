package dev.afluente.sandbox.movement;

import dev.afluente.sandbox.brazil.Bank;
import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.brazil.Merchant;
import dev.afluente.sandbox.brazil.Merchants;
import dev.afluente.sandbox.brazil.Person;
import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Payment;
import dev.afluente.sandbox.statement.Row;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Money from account to account: PIX, TED and the monthly salary. */
final class Transfers {

    private static final DateTimeFormatter END_TO_END_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmm").withZone(ZoneOffset.UTC);
    private static final List<String> REASONS = List.of(
            "Aluguel", "Almoço", "Presente", "Mercado", "Conta de luz", "Rateio do churrasco", "Aula particular");

    private Transfers() {}

    static Row pixOut(Book book, Draw draw, BankRows.At at) {
        Payment.Party other = draw.percent(65) ? somebody(draw) : company(draw, "shop");
        BigDecimal amount = draw.cents(500, 180000).negate();
        var text = new Row.Text("PIX enviado - " + other.name(), "PIX TRANSF " + brief(other.name()));
        return transfer(book, draw, at, new Move("PIX", text, amount, holder(book), other, "05080000"));
    }

    static Row pixIn(Book book, Draw draw, BankRows.At at) {
        Payment.Party other = somebody(draw);
        BigDecimal amount = draw.cents(1000, 240000);
        var text = new Row.Text("PIX recebido - " + other.name(), "PIX RECEB " + brief(other.name()));
        return transfer(book, draw, at, new Move("PIX", text, amount, other, holder(book), "05080000"));
    }

    static Row tedOut(Book book, Draw draw, BankRows.At at) {
        Payment.Party other = somebody(draw);
        var text = new Row.Text("TED enviada - " + other.name(), "TED 033.0001 " + brief(other.name()));
        BigDecimal amount = draw.cents(20000, 900000).negate();
        return transfer(book, draw, at, new Move("TED", text, amount, holder(book), other, "05070000"));
    }

    static Row tedIn(Book book, Draw draw, BankRows.At at) {
        Payment.Party other = somebody(draw);
        var text = new Row.Text("TED recebida - " + other.name(), "TED RECEBIDA " + brief(other.name()));
        return transfer(
                book, draw, at, new Move("TED", text, draw.cents(20000, 700000), other, holder(book), "05070000"));
    }

    /** The employer and the pay stay the same from month to month. */
    static Row salary(Book book, Draw draw, BankRows.At at) {
        var job = new Draw(book.key(), Long.MIN_VALUE);
        Merchant employer = job.of(Merchants.of("employer"));
        BigDecimal pay =
                job.cents(employer.spending().low(), employer.spending().high());
        var text = new Row.Text("Salário - " + employer.name(), "CRED SALARIO " + employer.name());
        Payment.Party payer = party(employer, job);
        return transfer(book, draw, at, new Move("TED", text, pay, payer, holder(book), "01010000"));
    }

    private record Move(
            String method,
            Row.Text text,
            BigDecimal amount,
            Payment.Party payer,
            Payment.Party receiver,
            String category) {}

    private static Row transfer(Book book, Draw draw, BankRows.At at, Move move) {
        String reference = move.method().equals("PIX")
                ? "E" + Bank.draw(draw).ispb() + END_TO_END_TIME.format(at.date()) + draw.digits(11)
                : draw.digits(12);
        String reason = draw.percent(40) ? draw.of(REASONS) : null;
        var payment = new Payment(move.method(), move.payer(), move.receiver(), reason, reference, null);
        return new Row(
                at.date(),
                move.text(),
                Row.Money.brl(move.amount()),
                at.pending(),
                move.category(),
                BankRows.origin(book, draw, at, move.method()),
                new Row.Details(payment, null, null));
    }

    private static Payment.Party holder(Book book) {
        Person holder = book.holder();
        return new Payment.Party(holder.name(), holder.cpf(), null, null, null);
    }

    private static Payment.Party somebody(Draw draw) {
        Person person = Person.draw(draw);
        return new Payment.Party(person.name(), person.cpf(), draw.digits(4), draw.digits(6) + "-1", Bank.draw(draw));
    }

    private static Payment.Party company(Draw draw, String kind) {
        return party(draw.of(Merchants.of(kind)), draw);
    }

    private static Payment.Party party(Merchant merchant, Draw draw) {
        return new Payment.Party(
                merchant.businessName(), merchant.cnpj(), draw.digits(4), draw.digits(6) + "-9", Bank.draw(draw));
    }

    /** Banks cut names in the raw text. */
    private static String brief(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.length() > 14 ? upper.substring(0, 14) : upper;
    }
}
