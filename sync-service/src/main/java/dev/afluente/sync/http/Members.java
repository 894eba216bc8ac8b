package dev.afluente.sync.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.problem.ProblemCode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The members of a JSON object that a client sent, read strictly: one that the operation does not know, or a value of
 * another kind, is refused with {@code invalid_body}, since a wish that is silently dropped was not granted. Tells what
 * is absent from what is null.
 */
public final class Members {
    private static final int MAX_DIGITS = 30;

    private final JsonNode object;

    private Members(JsonNode object) {
        this.object = object;
    }

    /** Reads an object that knows {@code names}. */
    public static Members of(JsonNode body, Set<String> names) {
        if (body == null || !body.isObject()) {
            throw ProblemCode.INVALID_BODY.because("The body is a JSON object.");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw ProblemCode.INVALID_BODY.because(
                        "There is no such member; there are " + String.join(", ", new TreeSet<>(names)) + ".");
            }
        });
        return new Members(body);
    }

    /** Tells whether the member was sent, null or not. */
    public boolean has(String name) {
        return object.has(name);
    }

    /** Tells whether the member was sent with a value. */
    public boolean hasValue(String name) {
        return object.hasNonNull(name);
    }

    /** The member as it came; null when absent or null. */
    public JsonNode value(String name) {
        return hasValue(name) ? object.get(name) : null;
    }

    /** Text of 1 to {@code max} characters; null when absent or null. */
    public String text(String name, int max) {
        if (!hasValue(name)) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!isText(value, max)) {
            throw refused(name, "is text of 1 to " + max + " characters");
        }
        return value.textValue();
    }

    /** One of the given words, in any case; null when absent or null. */
    public String word(String name, List<String> words) {
        String text = text(name, MAX_DIGITS);
        if (text == null) {
            return null;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        if (!words.contains(upper)) {
            throw refused(name, "is one of " + String.join(", ", words));
        }
        return upper;
    }

    /** A UUID; null when absent or null. */
    public UUID id(String name) {
        String text = text(name, 36);
        return text == null ? null : id(name, text);
    }

    /** UUIDs, each once; null when absent or null. */
    public Set<UUID> ids(String name, int max) {
        if (!hasValue(name)) {
            return null;
        }
        JsonNode list = object.get(name);
        if (!list.isArray() || list.isEmpty() || list.size() > max) {
            throw refused(name, "is a list of 1 to " + max + " UUIDs");
        }
        Set<UUID> ids = new LinkedHashSet<>();
        for (JsonNode each : list) {
            if (!isText(each, 36)) {
                throw refused(name, "is a list of 1 to " + max + " UUIDs");
            }
            ids.add(id(name, each.textValue()));
        }
        return ids;
    }

    /** A decimal, sent as a string; null when absent or null. */
    public BigDecimal amount(String name) {
        String text = text(name, MAX_DIGITS * 2);
        if (text == null) {
            return null;
        }
        try {
            BigDecimal amount = new BigDecimal(text);
            // An exponent is a short way to write a number that fills the memory.
            if (amount.precision() <= MAX_DIGITS && Math.abs((long) amount.scale()) <= MAX_DIGITS) {
                return amount;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw refused(name, "is a decimal in a string, such as \"-12.50\"");
    }

    /** A whole number; null when absent or null. */
    public Integer whole(String name, int min, int max) {
        if (!hasValue(name)) {
            return null;
        }
        JsonNode value = object.get(name);
        if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
            throw refused(name, "is a whole number from " + min + " to " + max);
        }
        return value.intValue();
    }

    /** The names of the members that were sent with a value. */
    public List<String> sent() {
        List<String> names = new ArrayList<>();
        object.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                names.add(member.getKey());
            }
        });
        return names;
    }

    /** The refusal of a member's value. */
    public static HttpProblem refused(String name, String rule) {
        return ProblemCode.INVALID_BODY.because("Member '" + name + "' " + rule + ".");
    }

    private static boolean isText(JsonNode value, int max) {
        return value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= max
                && isStorable(value.textValue());
    }

    /** PostgreSQL keeps no zero character, and half a surrogate pair is no character at all. */
    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static UUID id(String name, String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        throw refused(name, "is a UUID");
    }
}
