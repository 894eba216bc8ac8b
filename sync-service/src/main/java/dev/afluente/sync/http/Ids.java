package dev.afluente.sync.http;

import dev.afluente.model.problem.ProblemCode;
import java.util.UUID;

/** Ids in paths. */
public final class Ids {
    private Ids() {}

    /** Reads an id from a path; what is no id is answered like an id that does not exist. */
    public static UUID read(String text, ProblemCode notFound) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Answered below.
        }
        throw notFound.problem();
    }
}
