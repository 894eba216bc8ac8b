package dev.afluente.sandbox.transaction;

import dev.afluente.sandbox.collected.Rows;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.statement.Book;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/**
 * The parameters of {@code GET /v2/transactions}, checked as Pluggy does: unknown ones are refused, a start by date and
 * one by time of collection exclude each other, at most 500 ids.
 *
 * @param filters the parameters but {@code after}, as they were sent, for the link to the next page
 */
record TransactionQuery(
        String accountId,
        List<String> ids,
        Instant dateFrom,
        Instant dateTo,
        Instant createdFrom,
        Cursor after,
        String filters) {

    private static final Set<String> KNOWN = Set.of("accountId", "ids", "dateFrom", "dateTo", "createdAtFrom", "after");
    private static final int MOST_IDS = 500;

    static TransactionQuery of(Call call) {
        call.onlyQuery(KNOWN);
        String accountId = call.queryUuid("accountId");
        String ids = call.query("ids");
        String after = call.query("after");
        if (call.query("dateFrom") != null && call.query("createdAtFrom") != null) {
            throw PluggyError.badRequest("dateFrom and createdAtFrom cannot be used together");
        }
        return new TransactionQuery(
                accountId,
                ids == null ? null : ids(call.context().queryParam("ids")),
                date(call, "dateFrom", false),
                date(call, "dateTo", true),
                date(call, "createdAtFrom", false),
                after == null ? null : Cursor.parse(after),
                filters(call));
    }

    private static List<String> ids(List<String> values) {
        List<String> ids = List.of(String.join(",", values).split(",", -1));
        if (ids.size() > MOST_IDS) {
            throw PluggyError.of(
                    400,
                    "IDS_PARAMETER_EXCEEDS_MAX_LENGTH",
                    "The ids parameter cannot have more than 500 transaction ids");
        }
        return ids.stream()
                .map(id -> Call.uuid("each value in ids", id))
                .distinct()
                .toList();
    }

    /** A calendar day means the whole day in São Paulo. */
    private static Instant date(Call call, String name, boolean end) {
        String text = call.query(name);
        if (text == null) {
            return null;
        }
        try {
            if (text.length() == "2026-01-01".length()) {
                LocalDate day = LocalDate.parse(text);
                return end ? Book.midnight(day.plusDays(1)).minus(Duration.ofMillis(1)) : Book.midnight(day);
            }
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw PluggyError.badRequest(name + " must be a valid ISO 8601 date string");
        }
    }

    private static String filters(Call call) {
        String query = call.context().request().query();
        StringBuilder filters = new StringBuilder("?");
        for (String part : query.split("&", -1)) {
            if (!part.startsWith("after=") && !part.isEmpty()) {
                filters.append(part).append('&');
            }
        }
        return filters.toString();
    }

    String next(Cursor cursor) {
        return filters + "after=" + cursor.format();
    }

    Rows.Window window(Rows.Place place) {
        return new Rows.Window(
                dateFrom == null ? Long.MIN_VALUE : dateFrom.toEpochMilli(),
                dateTo == null ? Long.MAX_VALUE : dateTo.toEpochMilli(),
                createdFrom,
                place);
    }
}
