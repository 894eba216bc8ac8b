package dev.afluente.sync.category;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Members;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a person says of a category of theirs. In a change, a member that is absent leaves what is there.
 *
 * @param name 1 to {@value #MAX_NAME} characters
 * @param parentId a category, the provider's or their own; null puts it at the top
 * @param colour {@code #rrggbb}; null clears it
 */
public record CategoryDraft(
        @Schema(maxLength = 80) String name,
        @Schema(nullable = true) String parentId,

        @Schema(nullable = true, pattern = "^#[0-9A-Fa-f]{6}$")
        String colour) {
    private static final int MAX_NAME = 80;
    private static final int MAX_ID = 50;
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final Set<String> MEMBERS = Set.of("name", "parent_id", "colour");

    /** Reads a new category; {@code invalid_body} when it is none. */
    static CategoryView created(UUID id, JsonNode body) {
        return merged(new CategoryView(id.toString(), null, null, null, CategoryView.BY_USER), body);
    }

    /** Returns the category as the person wants it; {@code invalid_body} when it would be none. */
    static CategoryView merged(CategoryView old, JsonNode body) {
        Members members = Members.of(body, MEMBERS);
        String name = members.has("name") ? members.text("name", MAX_NAME) : old.name();
        if (name == null) {
            throw ProblemCode.INVALID_BODY.because("A category has a name.");
        }
        return new CategoryView(
                old.id(),
                name.strip(),
                members.has("parent_id") ? members.text("parent_id", MAX_ID) : old.parentId(),
                members.has("colour") ? colour(members) : old.colour(),
                CategoryView.BY_USER);
    }

    private static String colour(Members members) {
        String text = members.text("colour", MAX_ID);
        String colour = text == null ? null : text.toLowerCase(Locale.ROOT);
        if (colour != null && !COLOUR.matcher(colour).matches()) {
            throw Members.refused("colour", "is a colour such as #1e90ff");
        }
        return colour;
    }
}
