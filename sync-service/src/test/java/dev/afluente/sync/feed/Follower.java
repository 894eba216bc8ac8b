package dev.afluente.sync.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.afluente.sync.support.Person;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Somebody who keeps a copy of a person's ledger by following the feed, and counts what should not happen. */
final class Follower {
    private static final ObjectMapper JSON =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    final Map<Object, Map<String, Object>> copy = new HashMap<>();
    private final Person person;
    private final Set<String> versions = new HashSet<>();
    private final Set<Object> gone = new HashSet<>();
    private String cursor;
    int repeated;
    int mislabelled;
    int read;
    int pages;

    Follower(Person person) {
        this.person = person;
    }

    /** Reads one page and applies it; tells whether there is more at once. */
    boolean reads(int limit) {
        Page page = page(limit);
        for (Gone row : page.removed) {
            repeated += gone.add(row.id) ? 0 : 1;
            copy.remove(row.id);
            read++;
        }
        page.added.forEach(this::put);
        page.modified.stream().filter(row -> !copy.containsKey(row.get("id"))).forEach(row -> mislabelled++);
        page.modified.forEach(this::put);
        cursor = page.nextCursor;
        return page.hasMore;
    }

    void catchesUp(int limit) {
        boolean more = true;
        while (more) {
            more = reads(limit);
        }
    }

    String cursor() {
        return cursor;
    }

    private Page page(int limit) {
        String query = "/changes?limit=" + limit + (cursor == null ? "" : "&cursor=" + cursor);
        pages++;
        try {
            return JSON.readValue(person.fetch(Person.TRANSACTIONS + query), Page.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void put(Map<String, Object> row) {
        // Every change sets updated_at, by the clock of its own transaction.
        repeated += versions.add(row.get("id") + "@" + row.get("updated_at")) ? 0 : 1;
        gone.remove(row.get("id"));
        copy.put(row.get("id"), row);
        read++;
    }

    private record Gone(String id) {}

    private record Page(
            List<Map<String, Object>> added,
            List<Map<String, Object>> modified,
            List<Gone> removed,
            String nextCursor,
            boolean hasMore) {}
}
