package dev.afluente.sandbox.movement;

import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.brazil.Merchant;
import dev.afluente.sandbox.brazil.Merchants;
import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;

/** Draws the movements of a bank account: PIX, TED, boletos, the debit card, salary, fees. */
final class BankRows {

    /** One pair of neighbours in this many is a pair of real twins: equal in all but the institution's own id. */
    private static final int TWINS_ONE_IN = 60;

    private BankRows() {}

    /** A movement of a kind that is itself drawn, with a household's frequencies. */
    static Row any(Book book, long slot, Instant date, boolean pending) {
        long content = slot;
        if (Long.remainderUnsigned(Draw.mix(book.key() ^ (slot >> 1)), TWINS_ONE_IN) == 0) {
            content = slot >> 1 << 1;
        }
        var draw = new Draw(book.key(), content);
        return of(kind(draw.below(100)), book, draw, new At(slot, date, pending));
    }

    /** Which row it is, apart from its content. */
    record At(long slot, Instant date, boolean pending) {}

    enum Kind {
        PIX_OUT,
        PIX_IN,
        DEBIT_CARD,
        BOLETO,
        TED_OUT,
        TED_IN,
        SALARY,
        FEE,
        WITHDRAWAL,
        TO_SAVINGS,
        CARD_BILL,
        INTEREST
    }

    private static Kind kind(int percentile) {
        if (percentile < 26) {
            return Kind.PIX_OUT;
        } else if (percentile < 41) {
            return Kind.PIX_IN;
        } else if (percentile < 71) {
            return Kind.DEBIT_CARD;
        } else if (percentile < 82) {
            return Kind.BOLETO;
        } else if (percentile < 86) {
            return Kind.TED_OUT;
        } else if (percentile < 89) {
            return Kind.TED_IN;
        } else if (percentile < 91) {
            return Kind.SALARY;
        } else if (percentile < 94) {
            return Kind.FEE;
        } else if (percentile < 97) {
            return Kind.WITHDRAWAL;
        }
        return percentile < 99 ? Kind.TO_SAVINGS : Kind.CARD_BILL;
    }

    static Row of(Kind kind, Book book, Draw draw, At at) {
        return switch (kind) {
            case PIX_OUT -> Transfers.pixOut(book, draw, at);
            case PIX_IN -> Transfers.pixIn(book, draw, at);
            case TED_OUT -> Transfers.tedOut(book, draw, at);
            case TED_IN -> Transfers.tedIn(book, draw, at);
            case SALARY -> Transfers.salary(book, draw, at);
            case BOLETO -> Boletos.paid(book, draw, at);
            case DEBIT_CARD -> debitCard(book, draw, at);
            default -> plain(book, draw, at, plain(kind, draw));
        };
    }

    /** The kinds that have neither a counterparty nor a merchant. */
    private static Plain plain(Kind kind, Draw draw) {
        return switch (kind) {
            case FEE -> new Plain("TARIFA PACOTE DE SERVICOS", -3290, "16000000", "TARIFA");
            case WITHDRAWAL -> new Plain("SAQUE BANCO24HORAS", -2000L * draw.between(1, 30), "05090000", "SAQUE");
            case TO_SAVINGS -> new Plain("APLICACAO POUPANCA", -5000L * draw.between(1, 40), "04000000", "APLICACAO");
            case CARD_BILL ->
                new Plain("PAGAMENTO FATURA CARTAO", -draw.between(45000, 420000), "05100000", "PAGAMENTO_FATURA");
            default ->
                new Plain("RENDIMENTO POUPANCA", draw.between(90, 4800), "03060000", "RENDIMENTO_APLIC_FINANCEIRA");
        };
    }

    private record Plain(String text, long cents, String category, String operation) {}

    private static Row plain(Book book, Draw draw, At at, Plain plain) {
        return new Row(
                at.date(),
                new Row.Text(plain.text(), plain.text()),
                Row.Money.brl(BigDecimal.valueOf(plain.cents(), 2)),
                at.pending(),
                plain.category(),
                origin(book, draw, at, plain.operation()),
                Row.Details.NONE);
    }

    private static Row debitCard(Book book, Draw draw, At at) {
        Merchant shop = draw.of(Merchants.of(draw.percent(80) ? "shop" : "online"));
        BigDecimal amount = draw.cents(shop.spending().low(), shop.spending().high());
        String city = draw.percent(70) ? " SAO PAULO BR" : " CURITIBA BR";
        return new Row(
                at.date(),
                new Row.Text("Compra no débito - " + shop.name(), "COMPRA CARTAO DEB " + shop.name() + city),
                Row.Money.brl(amount.negate()),
                at.pending(),
                shop.spending().categoryId(),
                origin(book, draw, at, "CARTAO"),
                new Row.Details(null, null, draw.percent(30) ? shop : null));
    }

    /** Institutions give their own transaction ids over Open Finance only. */
    static Row.Origin origin(Book book, Draw draw, At at, String operation) {
        String code = draw.percent(60) ? draw.digits(4) : null;
        if (!book.openFinance()) {
            return new Row.Origin(code, null, null, null);
        }
        long id = Draw.mix(book.key() + Draw.mix(at.slot()));
        return new Row.Origin(code, HexFormat.of().toHexDigits(id), operation, null);
    }
}
