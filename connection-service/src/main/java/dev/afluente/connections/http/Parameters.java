package dev.afluente.connections.http;

import dev.afluente.model.http.Page;
import dev.afluente.model.problem.ProblemCode;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads what a client wrote, strictly: a value that is not meant to be there is told with a stable code and the name of
 * the parameter, never silently replaced.
 */
public final class Parameters {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private Parameters() {}

    /** Returns the page size: 1 to {@value Page#MAX_LIMIT}, {@value Page#DEFAULT_LIMIT} when absent. */
    public static int limit(String text) {
        if (text == null) {
            return Page.DEFAULT_LIMIT;
        }
        int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw ProblemCode.INVALID_PARAMETER.because("limit must be a whole number from 1 to " + Page.MAX_LIMIT);
        }
        return limit;
    }

    /** Returns {@code true}, {@code false}, or null when absent. */
    public static Boolean flag(String name, String text) {
        if (text == null) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw ProblemCode.INVALID_PARAMETER.because(name + " must be true or false");
        }
        return text.equals("true");
    }

    /** Returns a text of 1 to {@code max} characters, or null when absent. */
    public static String text(String name, String text, int max) {
        if (text != null && (text.isBlank() || text.length() > max)) {
            throw ProblemCode.INVALID_PARAMETER.because(name + " must have 1 to " + max + " characters");
        }
        return text;
    }

    /** Returns the id of a connection in a path; fails with {@code connection_not_found} when it is none. */
    public static UUID connection(String text) {
        UUID id = id(text);
        if (id == null) {
            throw ProblemCode.CONNECTION_NOT_FOUND.problem();
        }
        return id;
    }

    /** Returns the id in its one canonical spelling, or null when the text is not an id. */
    public static UUID id(String text) {
        return text != null && ID.matcher(text).matches() ? UUID.fromString(text) : null;
    }
}
