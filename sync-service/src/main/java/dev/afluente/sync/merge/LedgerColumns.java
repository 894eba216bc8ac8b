package dev.afluente.sync.merge;

import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.transaction.SearchText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns of a transaction that come from its provider, each with the way to its value. The merge's statements and
 * their parameters are all made from this one list, so they cannot fall out of step.
 */
public final class LedgerColumns {
    /** Values travel as text and are cast by the server: one form for decimals, days and instants, and exact for all. */
    private record Column(String name, String type, Function<SourceTransaction, Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("provider_id", "text", SourceTransaction::providerId),
            new Column("date", "timestamptz", SourceTransaction::date),
            new Column("booking_day", "date", SourceTransaction::bookingDay),
            new Column("amount", "numeric", row -> plain(row.amount())),
            new Column("currency", "text", SourceTransaction::currency),
            new Column("original_amount", "numeric", row -> plain(row.originalAmount())),
            new Column("original_currency", "text", SourceTransaction::originalCurrency),
            new Column("provider_amount", "numeric", row -> plain(row.providerAmount())),
            new Column("description", "text", SourceTransaction::description),
            new Column("search_text", "text", row -> SearchText.of(row.description())),
            new Column("type", "text", SourceTransaction::type),
            new Column("status", "text", SourceTransaction::status),
            new Column("provider_category_id", "text", row -> row.category().id()),
            new Column("provider_category", "text", row -> row.category().name()),
            new Column("payment_method", "text", row -> row.payment().method()),
            new Column("merchant_name", "text", row -> row.payment().merchantName()),
            new Column("merchant_document", "text", row -> row.payment().merchantDocument()),
            new Column("counterparty_name", "text", row -> row.payment().counterpartyName()),
            new Column("counterparty_document", "text", row -> row.payment().counterpartyDocument()),
            new Column(
                    "party_text",
                    "text",
                    row -> SearchText.of(
                            row.payment().merchantName(), row.payment().counterpartyName())),
            new Column("installment_number", "int", row -> row.card().installmentNumber()),
            new Column("installment_total", "int", row -> row.card().installmentTotal()),
            new Column("purchase_day", "date", row -> row.card().purchaseDay()),
            new Column("bill_id", "text", row -> row.card().billId()),
            new Column("purchase_total", "numeric", row -> plain(row.card().purchaseTotal())),
            new Column("bill_forecast", "date", row -> firstDay(row.card().billForecast())));

    private LedgerColumns() {}

    /** {@code provider_id, date, …} */
    public static String names() {
        return joined(c -> c.name);
    }

    /** {@code i.provider_id, i.date::timestamptz, …} for rows {@code i} of text, under the columns' names. */
    public static String casts() {
        return joined(c -> "i." + c.name + "::" + c.type + " AS " + c.name);
    }

    /** {@code provider_id = p.provider_id, date = p.date, …} */
    public static String assignments(String from) {
        return joined(c -> c.name + " = " + from + "." + c.name);
    }

    /** How many there are. */
    public static int count() {
        return COLUMNS.size();
    }

    /** The columns, each behind {@code prefix}. */
    public static String prefixed(String prefix) {
        return joined(c -> prefix + "." + c.name);
    }

    /** The columns without the provider's id, each behind {@code prefix}. */
    public static String content(String prefix) {
        return COLUMNS.stream().skip(1).map(c -> prefix + "." + c.name).collect(Collectors.joining(", "));
    }

    /**
     * SQL for a jsonb of the columns, and of {@code further} ones, that differ between two rows, as the older has them;
     * a column that was null is there as null.
     */
    public static String before(String older, String newer, String... further) {
        String each = Stream.concat(COLUMNS.stream().map(Column::name), Stream.of(further))
                .map(name ->
                        "('%1$s', CASE WHEN %2$s.%1$s IS DISTINCT FROM %3$s.%1$s THEN coalesce(to_jsonb(%2$s.%1$s), 'null') END)"
                                .formatted(name, older, newer))
                .collect(Collectors.joining(", "));
        return "(SELECT jsonb_object_agg(c.k, c.v) FROM (VALUES " + each + ") AS c (k, v) WHERE c.v IS NOT NULL)";
    }

    /** {@code $6::text[], $7::text[], …} starting at a parameter number. */
    public static String parameters(int first) {
        return IntStream.range(first, first + COLUMNS.size())
                .mapToObj(number -> "$" + number + "::text[]")
                .collect(Collectors.joining(", "));
    }

    /** The values of every column, one array each, in the order of the list. */
    public static List<String[]> values(List<SourceTransaction> rows) {
        return COLUMNS.stream()
                .map(column -> rows.stream()
                        .map(column.value)
                        .map(value -> Objects.toString(value, null))
                        .toArray(String[]::new))
                .toList();
    }

    private static String joined(Function<Column, String> form) {
        return COLUMNS.stream().map(form).collect(Collectors.joining(", "));
    }

    private static LocalDate firstDay(YearMonth month) {
        return month == null ? null : month.atDay(1);
    }

    private static String plain(BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
