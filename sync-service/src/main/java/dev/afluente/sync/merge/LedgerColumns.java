package dev.afluente.sync.merge;

import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.transaction.SearchText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns of a transaction that come from its provider, each with the way to its value. The merge's statements, their
 * parameters and the number that stands for all of them are made from this one list, so they cannot fall out of step.
 */
public final class LedgerColumns {
    /** Values travel as text and are cast by the server: one form for decimals, days and instants, and exact for all. */
    private record Column(String name, String type, Function<SourceTransaction, Object> value) {}

    /**
     * The first byte of a {@link #content}: to be raised with every change to what the columns are made of, such as the
     * folding of texts. Rows with another one are compared column by column.
     */
    private static final long FORM = 1;

    /** How far a content is shifted to have its form. */
    public static final int FORM_SHIFT = 56;

    private static final List<Column> COLUMNS = List.of(
            new Column("provider_id", "text", SourceTransaction::providerId),
            new Column("date", "timestamptz", row -> row.date().truncatedTo(ChronoUnit.MICROS)),
            new Column("booking_day", "date", SourceTransaction::bookingDay),
            new Column("amount", "numeric", SourceTransaction::amount),
            new Column("currency", "text", SourceTransaction::currency),
            new Column("original_amount", "numeric", SourceTransaction::originalAmount),
            new Column("original_currency", "text", SourceTransaction::originalCurrency),
            new Column("provider_amount", "numeric", SourceTransaction::providerAmount),
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
            new Column("purchase_total", "numeric", row -> row.card().purchaseTotal()),
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
                        "CASE WHEN %2$s.%1$s IS DISTINCT FROM %3$s.%1$s THEN '\"%1$s\":' || coalesce(to_jsonb(%2$s.%1$s)::text, 'null') END"
                                .formatted(name, older, newer))
                .collect(Collectors.joining(", "));
        return "('{' || concat_ws(',', " + each + ") || '}')::jsonb";
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
                .map(column ->
                        rows.stream().map(column.value).map(LedgerColumns::text).toArray(String[]::new))
                .toList();
    }

    /**
     * What each row says, as one number: 56 bits of a SHA-256 behind a byte for its form. Rows of one form that differ in
     * any column have different numbers but for one case in 2^56; rows that are equal to the database have the same.
     */
    public static Long[] content(List<SourceTransaction> rows) {
        MessageDigest digest = sha256();
        return rows.stream().map(row -> content(digest, row)).toArray(Long[]::new);
    }

    private static long content(MessageDigest digest, SourceTransaction row) {
        for (Column column : COLUMNS) {
            Object value = column.value.apply(row);
            // To the database 1.50 and 1.5 are one amount.
            String text = text(value instanceof BigDecimal amount ? amount.stripTrailingZeros() : value);
            digest.update((text == null ? "-" : text.length() + " " + text).getBytes(StandardCharsets.UTF_8));
        }
        return FORM << FORM_SHIFT | ByteBuffer.wrap(digest.digest()).getLong() >>> Byte.SIZE;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String joined(Function<Column, String> form) {
        return COLUMNS.stream().map(form).collect(Collectors.joining(", "));
    }

    private static LocalDate firstDay(YearMonth month) {
        return month == null ? null : month.atDay(1);
    }

    private static String text(Object value) {
        return value instanceof BigDecimal amount ? amount.toPlainString() : Objects.toString(value, null);
    }
}
