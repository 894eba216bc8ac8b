package dev.afluente.sync.export;

import dev.afluente.sync.account.AccountView;
import dev.afluente.sync.transaction.TransactionView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Transactions as a table: RFC 4180 quoting, CRLF, UTF-8. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front, because its words come from shops and strangers; numbers keep their sign. Amounts are exact, with
 * two decimals at least.
 */
final class CsvTable {
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private static final int CENTS = 2;

    private static final List<String> HEAD = List.of(
            "booking_day",
            "account",
            "description",
            "amount",
            "currency",
            "category",
            "type",
            "status",
            "merchant",
            "counterparty",
            "notes",
            "original_amount",
            "original_currency",
            "installment",
            "category_source",
            "date",
            "account_id",
            "id");

    private final Dialect dialect;
    private final Map<UUID, AccountView> accounts;

    CsvTable(Dialect dialect, Map<UUID, AccountView> accounts) {
        this.dialect = dialect;
        this.accounts = accounts;
    }

    /** The first line. */
    String head() {
        StringBuilder line = new StringBuilder(dialect.start());
        HEAD.forEach(name -> cell(line, name));
        return ended(line);
    }

    /** The lines of some rows. */
    String lines(List<TransactionView> rows) {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(line(row)));
        return lines.toString();
    }

    private String line(TransactionView row) {
        StringBuilder line = new StringBuilder();
        cell(line, row.bookingDay().toString());
        text(line, name(accounts.get(row.accountId())));
        text(line, row.description());
        cell(line, number(row.amount()));
        text(line, row.currency());
        text(line, row.category());
        cell(line, row.type());
        cell(line, row.status());
        text(line, row.merchant() == null ? null : row.merchant().name());
        text(line, row.counterparty() == null ? null : row.counterparty().name());
        text(line, row.notes());
        cell(line, number(row.originalAmount()));
        text(line, row.originalCurrency());
        cell(line, installment(row.installment()));
        cell(line, row.categorySource());
        cell(line, row.date().toString());
        cell(line, row.accountId().toString());
        cell(line, row.id().toString());
        return ended(line);
    }

    private static String name(AccountView account) {
        if (account == null) {
            return null;
        }
        return account.alias() == null ? account.name() : account.alias();
    }

    /** Not 3/10, which a spreadsheet takes for a day. */
    private static String installment(TransactionView.Installment installment) {
        if (installment == null) {
            return null;
        }
        return installment.total() == null
                ? installment.number().toString()
                : installment.number() + " of " + installment.total();
    }

    private String number(BigDecimal amount) {
        return amount == null
                ? null
                : amount.setScale(Math.max(CENTS, amount.scale()))
                        .toPlainString()
                        .replace('.', dialect.decimal());
    }

    private void text(StringBuilder line, String text) {
        boolean formula = text != null && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        cell(line, formula ? "'" + text : text);
    }

    private void cell(StringBuilder line, String value) {
        String plain = value == null ? "" : value;
        boolean quoted =
                plain.chars().anyMatch(c -> c == dialect.separator() || c == ',' || c == '"' || c == '\r' || c == '\n')
                        || !plain.equals(plain.strip());
        line.append(quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain).append(dialect.separator());
    }

    private static String ended(StringBuilder line) {
        line.setLength(line.length() - 1);
        return line.append("\r\n").toString();
    }
}
