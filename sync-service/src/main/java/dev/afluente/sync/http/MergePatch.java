package dev.afluente.sync.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.model.problem.ProblemCode;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON merge patch (RFC 7396), read strictly: an absent member leaves what is there, null clears it, and whatever the
 * operation does not know is refused with {@code invalid_body}. No refusal repeats what the client wrote.
 */
public final class MergePatch {
    /** Its own media type; {@code application/json} is taken as well. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final ObjectNode members;

    private MergePatch(ObjectNode members) {
        this.members = members;
    }

    /** Reads a patch that may hold {@code names}. */
    public static MergePatch read(ObjectMapper json, String body, Set<String> names) {
        if (!(parsed(json, body) instanceof ObjectNode members)) {
            throw ProblemCode.INVALID_BODY.because("The body is a JSON object.");
        }
        members.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw ProblemCode.INVALID_BODY.because(
                        "The body may hold " + String.join(", ", new TreeSet<>(names)) + " and nothing else.");
            }
        });
        return new MergePatch(members);
    }

    /** Tells whether the member is given, null or not. */
    public boolean has(String name) {
        return members.has(name);
    }

    /** The text of a member without blanks around it; null when it is absent, null or blank. */
    public String text(String name, int max) {
        JsonNode value = members.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        String text = value.isTextual() ? value.textValue().strip() : null;
        if (text == null || text.codePointCount(0, text.length()) > max || !isStorable(text)) {
            throw ProblemCode.INVALID_BODY.because(name + " is null or text of at most " + max + " characters.");
        }
        return text.isEmpty() ? null : text;
    }

    /** As {@link #text}, but a blank is refused: for what has to say something or be null. */
    public String words(String name, int max) {
        String text = text(name, max);
        if (text == null && has(name) && !members.get(name).isNull()) {
            throw ProblemCode.INVALID_BODY.because(name + " is null or text of 1 to " + max + " characters.");
        }
        return text;
    }

    /** PostgreSQL keeps no zero character, and half a surrogate pair is no character at all. */
    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static JsonNode parsed(ObjectMapper json, String body) {
        try {
            return json.readTree(body == null ? "" : body);
        } catch (JsonProcessingException e) {
            throw ProblemCode.INVALID_BODY.because("The body is not JSON.");
        }
    }
}
