package dev.afluente.sync.replay;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Query;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which events are meant; every field may be null.
 *
 * @param state {@code RECEIVED} for those not done with ({@code WAITING}, {@code QUEUED}, {@code RETRIED}), or one state
 * @param from received at or after
 * @param to received before
 * @param unknown members this version does not know; only where a filter comes in a body
 */
public record EventFilter(
        String state,
        String provider,
        String linkId,
        String kind,
        Instant from,
        Instant to,
        @JsonAnySetter @Schema(hidden = true) Map<String, Object> unknown) {
    static final Set<String> NAMES = Set.of("state", "provider", "link_id", "kind", "from", "to");

    private static final int MAX_TEXT = 500;
    private static final Map<String, String> STATES = Map.of(
            "RECEIVED", "i.state IN ('WAITING', 'QUEUED')",
            "WAITING", "i.state = 'WAITING'",
            "QUEUED", "i.state = 'QUEUED' AND NOT coalesce(" + ReceivedEvent.RETRIED + ", false)",
            "RETRIED", ReceivedEvent.RETRIED,
            "PROCESSED", "i.state = 'PROCESSED'",
            "IGNORED", "i.state = 'IGNORED'",
            "DEAD", "i.state = 'DEAD'");

    static EventFilter of(Query query) {
        return new EventFilter(
                query.word("state", List.copyOf(STATES.keySet())),
                query.text("provider"),
                query.text("link_id"),
                query.text("kind"),
                query.instant("from"),
                query.instant("to"),
                Map.of());
    }

    /** Returns this filter as it came in a body; refuses one that names nothing, which would mean everything. */
    EventFilter checked() {
        String word = state == null ? null : state.toUpperCase(Locale.ROOT);
        boolean plain = List.of(text(provider), text(linkId), text(kind)).stream()
                .allMatch(value -> value.length() <= MAX_TEXT && value.indexOf('\0') < 0);
        if ((unknown != null && !unknown.isEmpty())
                || !plain
                || (word != null && !STATES.containsKey(word))
                || isEmpty()) {
            throw ProblemCode.INVALID_BODY.problem();
        }
        return new EventFilter(word, provider, linkId, kind, from, to, Map.of());
    }

    private boolean isEmpty() {
        return state == null && provider == null && linkId == null && kind == null && from == null && to == null;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** Appends the conditions and their values. */
    void appendTo(StringBuilder sql, Tuple values) {
        if (state != null) {
            sql.append(" AND (").append(STATES.get(state)).append(')');
        }
        append(sql, values, "i.provider", provider);
        append(sql, values, "i.link_id", linkId);
        append(sql, values, "i.kind", kind);
        if (from != null) {
            sql.append(" AND i.received_at >= $")
                    .append(values.addOffsetDateTime(from.atOffset(ZoneOffset.UTC))
                            .size());
        }
        if (to != null) {
            sql.append(" AND i.received_at < $")
                    .append(values.addOffsetDateTime(to.atOffset(ZoneOffset.UTC))
                            .size());
        }
    }

    private static void append(StringBuilder sql, Tuple values, String column, String value) {
        if (value != null) {
            sql.append(" AND ")
                    .append(column)
                    .append(" = $")
                    .append(values.addString(value).size());
        }
    }
}
