package dev.afluente.sandbox.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import java.time.Instant;
import java.util.Map;

/** A subscription to one event, or to {@code all}. The headers are never shown again. */
public record Webhook(
        String id,
        String url,
        String event,
        Map<String, String> headers,
        Instant createdAt,
        Instant updatedAt,
        Instant disabledAt) {

    boolean wants(String name) {
        return disabledAt == null && (event.equals("all") || event.equals(name));
    }

    ObjectNode toJson() {
        return Json.object()
                .put("id", id)
                .put("url", url)
                .put("event", event)
                .put("createdAt", Json.time(createdAt))
                .put("updatedAt", Json.time(updatedAt))
                .put("disabledAt", disabledAt == null ? null : Json.time(disabledAt));
    }
}
