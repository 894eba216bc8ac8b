package dev.afluente.sync.http;

import dev.afluente.model.http.Page;
import dev.afluente.model.problem.ProblemCode;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The query parameters of a list, read strictly: a name the list does not know, a name given twice or a value that does
 * not parse is refused with {@code invalid_parameter}, since a filter that is silently dropped shows the wrong rows.
 */
public final class Query {
    private static final int MAX_DIGITS = 30;
    private static final int MAX_TEXT = 200;
    private static final Pattern DAY = Pattern.compile("(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern MONTH = Pattern.compile("(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])");

    private final MultivaluedMap<String, String> values;

    private Query(MultivaluedMap<String, String> values) {
        this.values = values;
    }

    /** Reads the parameters of a list that knows {@code names} besides {@code limit} and {@code cursor}. */
    public static Query of(MultivaluedMap<String, String> values, Set<String> names) {
        values.forEach((name, given) -> {
            if (!names.contains(name) && !name.equals("limit") && !name.equals("cursor")) {
                throw ProblemCode.INVALID_PARAMETER.because("There is no parameter '" + printable(name) + "'.");
            }
            if (given.size() > 1) {
                throw refused(name, "is given more than once");
            }
        });
        return new Query(values);
    }

    /** Refuses {@code limit} and {@code cursor}, for what is answered whole. */
    public void requireNoPaging() {
        for (String name : List.of("limit", "cursor")) {
            if (values.containsKey(name)) {
                throw ProblemCode.INVALID_PARAMETER.because("There is no parameter '" + name + "'.");
            }
        }
    }

    /** Rows to answer: {@value Page#DEFAULT_LIMIT} unless asked otherwise, from 1 to {@value Page#MAX_LIMIT}. */
    public int limit() {
        String text = text("limit");
        if (text == null) {
            return Page.DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= Page.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of range.
        }
        throw refused("limit", "is a whole number from 1 to " + Page.MAX_LIMIT);
    }

    /** The value, or null when absent or empty. */
    public String text(String name) {
        String value = values.getFirst(name);
        if (value != null && (value.length() > MAX_TEXT || value.indexOf('\0') >= 0) && !name.equals("cursor")) {
            throw refused(name, "is text of at most " + MAX_TEXT + " characters");
        }
        return value == null || value.isBlank() ? null : value;
    }

    /** One of the given words, in any case; null when absent. */
    public String word(String name, List<String> words) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        String upper = value.toUpperCase(Locale.ROOT);
        if (!words.contains(upper)) {
            throw refused(name, "is one of " + String.join(", ", words));
        }
        return upper;
    }

    /** A UUID; null when absent. */
    public UUID id(String name) {
        String value = text(name);
        return value == null ? null : parsed(name, "is a UUID", () -> UUID.fromString(value));
    }

    /** A calendar day of the years 1 to 9999; null when absent. */
    public LocalDate day(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        if (!DAY.matcher(value).matches()) {
            throw refused(name, "is a day such as 2026-01-31");
        }
        return parsed(name, "is a day such as 2026-01-31", () -> LocalDate.parse(value));
    }

    /** A calendar month from 1900 to 2199; null when absent. */
    public YearMonth month(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        if (!MONTH.matcher(value).matches()) {
            throw refused(name, "is a month such as 2026-01");
        }
        return YearMonth.parse(value);
    }

    /** An instant; null when absent. */
    public Instant instant(String name) {
        String value = text(name);
        return value == null
                ? null
                : parsed(name, "is an instant such as 2026-01-31T12:00:00Z", () -> Instant.parse(value));
    }

    /** A decimal; null when absent. */
    public BigDecimal amount(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        BigDecimal amount = parsed(name, "is a decimal such as -12.50", () -> new BigDecimal(value));
        // An exponent is a short way to write a number that fills the memory.
        if (amount.precision() > MAX_DIGITS || Math.abs((long) amount.scale()) > MAX_DIGITS) {
            throw refused(name, "is a decimal of at most " + MAX_DIGITS + " digits");
        }
        return amount;
    }

    private static <T> T parsed(String name, String rule, Parser<T> parser) {
        try {
            return parser.parse();
        } catch (DateTimeException | IllegalArgumentException e) {
            throw refused(name, rule);
        }
    }

    private static RuntimeException refused(String name, String rule) {
        return ProblemCode.INVALID_PARAMETER
                .builder()
                .withDetail("Parameter '" + name + "' " + rule + ".")
                .with("parameter", name)
                .build();
    }

    private static String printable(String name) {
        String bare = name.replaceAll("[^A-Za-z0-9_.-]", "?");
        return bare.length() <= MAX_TEXT ? bare : bare.substring(0, MAX_TEXT);
    }

    private interface Parser<T> {
        T parse();
    }
}
