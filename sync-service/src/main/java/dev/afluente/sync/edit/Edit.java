package dev.afluente.sync.edit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afluente.sync.http.MergePatch;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a person says about a transaction. What is not set stays as it is; null clears.
 *
 * @param category the id of a category; null gives the choice back to rules and provider
 */
record Edit(boolean setsCategory, String category, boolean setsNotes, String notes) {
    static final int MAX_NOTES = 2_000;
    private static final int MAX_ID = 100;

    /** The body as the document shows it. */
    @Schema(name = "TransactionEdit")
    record Body(
            @Schema(nullable = true, description = "A category's id; null leaves it to rules and the provider again.")
            String categoryId,

            @Schema(nullable = true, maxLength = MAX_NOTES, description = "Null clears them.")
            String notes) {}

    /** Reads a merge patch; {@code invalid_body} says what is wrong with it. */
    static Edit read(ObjectMapper json, String body) {
        MergePatch patch = MergePatch.read(json, body, Set.of("category_id", "notes"));
        return new Edit(
                patch.has("category_id"),
                patch.text("category_id", MAX_ID),
                patch.has("notes"),
                patch.text("notes", MAX_NOTES));
    }

    /** Never the words themselves. */
    @Override
    public String toString() {
        return "Edit[setsCategory=" + setsCategory + ", setsNotes=" + setsNotes + "]";
    }
}
