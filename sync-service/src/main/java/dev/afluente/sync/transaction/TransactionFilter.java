package dev.afluente.sync.transaction;

import dev.afluente.model.openapi.Takes;
import dev.afluente.sync.http.Query;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which of a user's transactions to show. Every member may be null, which filters nothing.
 *
 * @param from first booking day (São Paulo), inclusive
 * @param to last booking day, inclusive
 * @param min lowest signed amount, inclusive: money out is negative
 * @param max highest signed amount, inclusive
 * @param category the category that counts: the person's choice, else a rule's, else the provider's
 * @param search text of the description, the parties or the notes, without accents and case
 */
public record TransactionFilter(
        UUID account,
        UUID connection,
        UUID bill,
        String category,
        String type,
        String status,
        LocalDate from,
        LocalDate to,
        BigDecimal min,
        BigDecimal max,
        String search) {

    /** The operation takes these filters. */
    @Takes(value = "account_id", format = "uuid", says = "Only this account's.")
    @Takes(value = "connection_id", format = "uuid", says = "Only this connection's.")
    @Takes(value = "bill_id", format = "uuid", says = "Only this card bill's.")
    @Takes(value = "category_id", says = "Only this category's.")
    @Takes(
            value = "type",
            oneOf = {"DEBIT", "CREDIT"},
            says = "In any case.")
    @Takes(
            value = "status",
            oneOf = {"PENDING", "POSTED"},
            says = "In any case.")
    @Takes(value = "from", format = "date", says = "First booking day in São Paulo, inclusive.")
    @Takes(value = "to", format = "date", says = "Last booking day in São Paulo, inclusive.")
    @Takes(value = "min_amount", format = "decimal", says = "Lowest signed amount, inclusive: money out is negative.")
    @Takes(value = "max_amount", format = "decimal", says = "Highest signed amount, inclusive.")
    @Takes(
            value = "q",
            says = "Text in description, merchant, counterparty or notes, without regard to accents and case.")
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Taken {}

    /** What the filters are called, in a query as in a body. */
    public static final Set<String> NAMES = Set.of(
            "account_id",
            "connection_id",
            "bill_id",
            "category_id",
            "type",
            "status",
            "from",
            "to",
            "min_amount",
            "max_amount",
            "q");

    /** Reads the parameters of an operation that takes these filters and {@code more}, and nothing else. */
    public static Query query(MultivaluedMap<String, String> parameters, String... more) {
        Set<String> names = new HashSet<>(NAMES);
        names.addAll(List.of(more));
        return Query.of(parameters, names);
    }

    /** Reads the filters; {@code invalid_parameter} says which of them is wrong. */
    public static TransactionFilter of(Query query) {
        String q = query.text("q");
        return new TransactionFilter(
                query.id("account_id"),
                query.id("connection_id"),
                query.id("bill_id"),
                query.text("category_id"),
                query.word("type", List.of("DEBIT", "CREDIT")),
                query.word("status", List.of("PENDING", "POSTED")),
                query.day("from"),
                query.day("to"),
                query.amount("min_amount"),
                query.amount("max_amount"),
                q == null ? null : SearchText.of(q));
    }

    /** Returns the same filter for one account. */
    public TransactionFilter ofAccount(UUID only) {
        return new TransactionFilter(only, connection, bill, category, type, status, from, to, min, max, search);
    }

    /** Appends the conditions and their values. */
    public void appendTo(StringBuilder sql, Tuple values) {
        if (account != null) {
            sql.append(" AND account_id = $").append(values.addUUID(account).size());
        }
        if (connection != null) {
            sql.append(" AND connection_id = $")
                    .append(values.addUUID(connection).size());
        }
        if (bill != null) {
            sql.append(" AND statement_id = $").append(values.addUUID(bill).size());
        }
        if (category != null) {
            sql.append(" AND category_id = $").append(values.addString(category).size());
        }
        if (type != null) {
            sql.append(" AND type = $").append(values.addString(type).size());
        }
        if (status != null) {
            sql.append(" AND status = $").append(values.addString(status).size());
        }
        appendRanges(sql, values);
    }

    /**
     * The booking day decides, but no index of the lists has it: they are in the order of {@code date}. The instants around
     * the days, wide enough for any time zone, lead along these. They are compared as {@code timestamptz} because row-level
     * security lets no cast and no mixed comparison into an index condition.
     */
    private void appendDays(StringBuilder sql, Tuple values) {
        if (from != null) {
            sql.append(" AND booking_day >= $").append(values.addLocalDate(from).size());
            sql.append(" AND date >= $")
                    .append(values.addOffsetDateTime(start(from.minusDays(2))).size());
        }
        if (to != null) {
            sql.append(" AND booking_day <= $").append(values.addLocalDate(to).size());
            sql.append(" AND date < $")
                    .append(values.addOffsetDateTime(start(to.plusDays(3))).size());
        }
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private void appendRanges(StringBuilder sql, Tuple values) {
        appendDays(sql, values);
        if (min != null) {
            sql.append(" AND amount >= $").append(values.addBigDecimal(min).size());
        }
        if (max != null) {
            sql.append(" AND amount <= $").append(values.addBigDecimal(max).size());
        }
        if (search != null) {
            // strpos takes the text as it is: in LIKE a percent sign would match everything.
            String wanted = "$" + values.addString(search).size();
            sql.append(" AND (strpos(search_text, ").append(wanted).append(") > 0");
            sql.append(" OR strpos(party_text, ").append(wanted).append(") > 0");
            sql.append(" OR strpos(notes_text, ").append(wanted).append(") > 0)");
        }
    }
}
