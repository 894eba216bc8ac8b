package dev.afluente.sandbox.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.journal.Journal;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a bank has changed and Pluggy shall learn at the item's next execution. Any thread. */
@Startup
@Singleton
public class QueuedChanges {

    private static final String KIND = "queued";

    private final Journal journal;
    private final Map<String, List<JsonNode>> byItem = new ConcurrentHashMap<>();

    public QueuedChanges(Journal journal) {
        this.journal = journal;
    }

    @PostConstruct
    void restore() {
        for (ObjectNode one : journal.restore(KIND, ObjectNode.class)) {
            List<JsonNode> asks = new ArrayList<>();
            one.path("asks").forEach(asks::add);
            byItem.put(one.path("item").asText(), List.copyOf(asks));
        }
    }

    /** @param ask in the JSON form of the control API */
    public void add(String itemId, JsonNode ask) {
        byItem.compute(itemId, (id, known) -> {
            List<JsonNode> asks = new ArrayList<>(known == null ? List.of() : known);
            asks.add(ask);
            ObjectNode state = Json.object().put("item", itemId);
            state.set("asks", Json.tree(asks));
            journal.keep(KIND, itemId, state);
            return List.copyOf(asks);
        });
    }

    /** In the order of their coming. */
    public List<JsonNode> take(String itemId) {
        List<JsonNode> asks = byItem.remove(itemId);
        if (asks == null) {
            return List.of();
        }
        journal.drop(KIND, itemId);
        return asks;
    }
}
