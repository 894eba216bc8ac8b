package dev.afluente.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import java.math.BigDecimal;
import java.util.Set;

/** A planted fault: what it meets, how often, and what it does. The JSON form is flat, in snake_case. */
public record FaultRule(String kind, Where where, Often often, Effect effect) {

    static final Set<String> REQUEST_KINDS = Set.of("status", "delay", "reset", "truncate", "quota", "rate_limit");
    static final Set<String> WEBHOOK_KINDS = Set.of("duplicate", "reorder", "late", "lose");
    static final String MALFORMED_ROWS = "malformed_rows";

    /** Null parts match everything; {@code path} and {@code event} are prefixes. */
    public record Where(String method, String path, String event) {

        boolean meets(String requestMethod, String requestPath) {
            return (method == null || method.equalsIgnoreCase(requestMethod))
                    && (path == null || requestPath.startsWith(path));
        }

        boolean meetsEvent(String name) {
            return event == null || name.startsWith(event);
        }
    }

    /** At most {@code times} (no end when null), each chance taken with {@code probability} (always when null). */
    public record Often(Integer times, BigDecimal probability, long seed) {

        private static final int PARTS = 1_000_000;

        boolean takes(long chance) {
            if (probability == null) {
                return true;
            }
            int limit = probability.multiply(BigDecimal.valueOf(PARTS)).intValue();
            return new Draw(Draw.mix(seed), chance).below(PARTS) < limit;
        }
    }

    /** {@code retryAfter} in seconds; {@code delayMs} in milliseconds. */
    public record Effect(int status, String codeDescription, long delayMs, int retryAfter) {}

    /** @throws PluggyError 400 for an unknown kind or a probability outside 0 to 1 */
    static FaultRule parse(JsonNode json) {
        String kind = json.path("kind").asText();
        if (!REQUEST_KINDS.contains(kind) && !WEBHOOK_KINDS.contains(kind) && !kind.equals(MALFORMED_ROWS)) {
            throw PluggyError.badRequest("Unknown kind of fault: " + kind);
        }
        BigDecimal probability =
                json.hasNonNull("probability") ? json.get("probability").decimalValue() : null;
        if (probability != null && (probability.signum() < 0 || probability.compareTo(BigDecimal.ONE) > 0)) {
            throw PluggyError.badRequest("probability must be between 0 and 1");
        }
        return new FaultRule(
                kind,
                new Where(
                        json.path("method").textValue(),
                        json.path("path").textValue(),
                        json.path("event").textValue()),
                new Often(
                        json.hasNonNull("times") ? json.get("times").intValue() : null,
                        probability,
                        json.path("seed").asLong(1)),
                new Effect(
                        json.path("status").asInt(kind.equals("quota") ? 423 : 500),
                        json.path("code_description").textValue(),
                        json.path("delay_ms").asLong(1000),
                        json.path("retry_after").asInt(kind.equals("status") ? 0 : 60)));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("kind", kind)
                .put("method", where.method())
                .put("path", where.path())
                .put("event", where.event())
                .put("times", often.times())
                .put("probability", often.probability())
                .put("seed", often.seed());
        return json.put("status", effect.status())
                .put("code_description", effect.codeDescription())
                .put("delay_ms", effect.delayMs())
                .put("retry_after", effect.retryAfter());
    }
}
