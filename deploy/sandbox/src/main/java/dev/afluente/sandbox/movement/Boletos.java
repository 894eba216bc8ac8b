package dev.afluente.sandbox.movement;

import dev.afluente.sandbox.brazil.Bank;
import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.brazil.Merchant;
import dev.afluente.sandbox.brazil.Merchants;
import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Payment;
import dev.afluente.sandbox.statement.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Bills paid by boleto, late ones with interest and penalty. */
final class Boletos {

    private static final BigDecimal PENALTY_RATE = new BigDecimal("0.02");

    private Boletos() {}

    static Row paid(Book book, Draw draw, BankRows.At at) {
        Merchant company = draw.of(Merchants.of("utility"));
        BigDecimal base =
                draw.cents(company.spending().low(), company.spending().high());
        boolean late = draw.percent(10);
        BigDecimal interest = late ? draw.cents(10, 900) : BigDecimal.valueOf(0, 2);
        BigDecimal penalty =
                late ? base.multiply(PENALTY_RATE).setScale(2, RoundingMode.HALF_EVEN) : BigDecimal.valueOf(0, 2);
        String cents = base.unscaledValue().toString();
        String field = "0".repeat(Math.max(0, 10 - cents.length())) + cents;
        String compe = Bank.draw(draw).compe();
        String free = draw.digits(25);
        String factor = draw.digits(4);
        var boleto = new Payment.Boleto(
                compe + "9" + free + draw.digits(4) + factor + field,
                compe + "9" + draw.digits(1) + factor + field + free,
                base,
                interest,
                penalty);
        var payer = new Payment.Party(book.holder().name(), book.holder().cpf(), null, null, null);
        var receiver = new Payment.Party(company.businessName(), company.cnpj(), null, null, null);
        return new Row(
                at.date(),
                new Row.Text("Pagamento de boleto - " + company.name(), "PAG BOLETO " + company.name()),
                Row.Money.brl(base.add(interest).add(penalty).negate()),
                at.pending(),
                company.spending().categoryId(),
                BankRows.origin(book, draw, at, "BOLETO"),
                new Row.Details(new Payment("BOLETO", payer, receiver, null, draw.digits(10), boleto), null, company));
    }
}
