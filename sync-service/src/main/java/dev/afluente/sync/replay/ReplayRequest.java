package dev.afluente.sync.replay;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.afluente.model.http.Page;
import dev.afluente.model.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What to replay: these events, or those a filter finds, newest first, {@value Page#MAX_LIMIT} at a time.
 *
 * @param cursor {@code next_cursor} of the answer before; only with the same filter
 * @param unknown members this version does not know: a condition that is silently dropped would replay too much
 */
public record ReplayRequest(
        List<UUID> ids,
        EventFilter filter,
        String cursor,
        @JsonAnySetter @Schema(hidden = true) Map<String, Object> unknown) {

    /** What came of it: how many take effect once more, and how many stay as they are. */
    public record Report(
            int replayed,
            int leftAlone,
            @Schema(nullable = true) String nextCursor) {}

    void check() {
        boolean one = (ids == null) != (filter == null);
        if (!one
                || (unknown != null && !unknown.isEmpty())
                || (ids != null && (ids.size() > Page.MAX_LIMIT || ids.contains(null) || cursor != null))) {
            throw ProblemCode.INVALID_BODY.problem();
        }
    }
}
