package dev.afluente.model.http;

import dev.afluente.model.problem.ProblemCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses a body that says it is too large before any of it is read: the server's own refusal has no problem document. A
 * service registers it on its router.
 */
public final class BodyLimit {
    /** Before the server's own check. */
    private static final int ORDER = -10;

    private final long limit;

    /** @param limit in bytes; {@code quarkus.http.limits.max-body-size}, which also bounds bodies of unknown length */
    public BodyLimit(long limit) {
        this.limit = limit;
    }

    /** Stands before everything else under {@code /api}. */
    public void register(Router router) {
        router.route("/api/*").order(ORDER).handler(this::check);
    }

    private void check(RoutingContext call) {
        if (length(call.request().getHeader(HttpHeaders.CONTENT_LENGTH)) <= limit) {
            call.next();
            return;
        }
        ProblemCode code = ProblemCode.PAYLOAD_TOO_LARGE;
        String problem = new JsonObject()
                .put("status", code.status())
                .put("title", code.title())
                .put("code", code.wire())
                .encode();
        call.response()
                .setStatusCode(code.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(problem);
    }

    private static long length(String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
