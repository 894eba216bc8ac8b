package dev.afluente.local.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a person wrote on which row, as far as the answers let them know. For one thread. */
final class Notes {
    private final Map<String, Written> byRow = new HashMap<>();
    private int acknowledged;

    /**
     * @param providerId of the row when it was written on
     * @param possible one when it was acknowledged, more when an answer failed to come
     */
    private record Written(String providerId, Set<String> possible) {}

    void acknowledged(JsonNode row, String note) {
        acknowledged++;
        byRow.put(id(row), new Written(row.path("provider_id").asText(), new HashSet<>(Set.of(note))));
    }

    void unanswered(JsonNode row, String note) {
        byRow.computeIfAbsent(
                        id(row), id -> new Written(row.path("provider_id").asText(), new HashSet<>(Set.of(text(row)))))
                .possible
                .add(note);
    }

    int acknowledged() {
        return acknowledged;
    }

    /**
     * Returns every row that does not say what it was made to say.
     *
     * @param shown all rows of the person by our id
     * @param removals whether this person's bank removes rows; a row may be missing then if its movement is
     */
    List<String> complaints(Map<String, JsonNode> shown, boolean removals) {
        Set<String> atTheBank = new HashSet<>();
        shown.values().forEach(row -> atTheBank.add(row.path("provider_id").asText()));
        List<String> complaints = new ArrayList<>();
        byRow.forEach((id, written) -> {
            JsonNode row = shown.get(id);
            if (row == null && (!removals || atTheBank.contains(written.providerId))) {
                complaints.add("row " + id + " with its note is gone");
            } else if (row != null && !written.possible.contains(text(row))) {
                complaints.add("row " + id + " says '" + text(row) + "', not one of " + written.possible);
            }
        });
        return complaints;
    }

    private static String id(JsonNode row) {
        return row.path("id").asText();
    }

    private static String text(JsonNode row) {
        return row.path("notes").asText("");
    }
}
