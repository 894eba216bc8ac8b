package dev.afluente.sync.export;

import dev.afluente.sync.account.AccountView;
import dev.afluente.sync.transaction.TransactionView;
import dev.afluente.sync.transaction.Transactions.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * One account's statement in OFX 1.0.2: STMTTRNRS of a bank account, CCSTMTTRNRS of a card. Amounts are the account's
 * view, as OFX has it: money out is negative. FITID is the ledger's own id, which outlives the provider's. A card's
 * balance is a debt and therefore negative. BANKID is the bank's COMPE code or ISPB.
 */
final class OfxStatement {
    private static final int MAX_ACCOUNT = 22;
    private static final int MAX_NAME = 32;
    private static final int MAX_MEMO = 255;
    private static final int CENTS = 2;

    private final AccountView account;
    private final Span span;
    private final String unknownBank;
    private final boolean card;

    /** @param unknownBank what stands for a bank whose code the provider does not tell */
    OfxStatement(AccountView account, Span span, String unknownBank) {
        this.account = account;
        this.span = span;
        this.unknownBank = unknownBank;
        this.card = isCard(account);
    }

    static boolean isCard(AccountView account) {
        return account.type().equals("CREDIT");
    }

    /** Everything before the rows. */
    String head() {
        OfxText text = new OfxText();
        text.open(card ? "CCSTMTTRNRS" : "STMTTRNRS").leaf("TRNUID", "0");
        text.open("STATUS").leaf("CODE", "0").leaf("SEVERITY", "INFO").close("STATUS");
        text.open(card ? "CCSTMTRS" : "STMTRS").leaf("CURDEF", account.currency());
        if (card) {
            text.open("CCACCTFROM").leaf("ACCTID", number()).close("CCACCTFROM");
        } else {
            text.open("BANKACCTFROM").leaf("BANKID", bank()).leaf("ACCTID", number());
            text.leaf("ACCTTYPE", savings() ? "SAVINGS" : "CHECKING").close("BANKACCTFROM");
        }
        return text.open("BANKTRANLIST")
                .leaf("DTSTART", OfxText.day(span.first()))
                .leaf("DTEND", OfxText.day(span.last()))
                .toString();
    }

    /** Some rows. */
    String rows(List<TransactionView> rows) {
        OfxText text = new OfxText();
        rows.forEach(row -> row(text, row));
        return text.toString();
    }

    /** Everything behind the rows. */
    String tail() {
        OfxText text = new OfxText().close("BANKTRANLIST");
        if (account.balance() != null) {
            text.open("LEDGERBAL")
                    .leaf("BALAMT", number(card ? account.balance().negate() : account.balance()));
            text.leaf(
                            "DTASOF",
                            OfxText.moment(account.lastReadAt() == null ? account.updatedAt() : account.lastReadAt()))
                    .close("LEDGERBAL");
        }
        return text.close(card ? "CCSTMTRS" : "STMTRS")
                .close(card ? "CCSTMTTRNRS" : "STMTTRNRS")
                .toString();
    }

    private static void row(OfxText text, TransactionView row) {
        text.open("STMTTRN")
                .leaf("TRNTYPE", row.amount().signum() < 0 ? "DEBIT" : "CREDIT")
                .leaf("DTPOSTED", OfxText.day(row.bookingDay()))
                .leaf("TRNAMT", number(row.amount()))
                .leaf("FITID", row.id().toString())
                .leaf("NAME", OfxText.cut(name(row), MAX_NAME))
                .leaf("MEMO", OfxText.cut(row.description(), MAX_MEMO))
                .close("STMTTRN");
    }

    private static String name(TransactionView row) {
        if (row.merchant() != null && row.merchant().name() != null) {
            return row.merchant().name();
        }
        return row.counterparty() != null && row.counterparty().name() != null
                ? row.counterparty().name()
                : row.description();
    }

    private String bank() {
        return account.bankCode() == null ? unknownBank : account.bankCode();
    }

    private boolean savings() {
        return account.subtype() != null
                && account.subtype().toUpperCase(Locale.ROOT).contains("SAVINGS");
    }

    /** A number that is too long or missing is replaced by as much of the account's id as fits. */
    private String number() {
        String own = account.number();
        if (own != null && !own.isBlank() && own.length() <= MAX_ACCOUNT) {
            return own;
        }
        String id = account.id().toString().replace("-", "");
        return id.substring(id.length() - MAX_ACCOUNT);
    }

    private static String number(BigDecimal amount) {
        return amount.setScale(Math.max(CENTS, amount.scale())).toPlainString();
    }
}
