package dev.afluente.webhooks.http;

import dev.afluente.model.problem.ProblemCode;
import dev.afluente.webhooks.intake.IntakeConfig;
import dev.afluente.webhooks.intake.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/**
 * The few answers this service gives, written once: an answer depends on nothing the sender sent, so it can tell nothing. All
 * but the first are problem documents (RFC 9457).
 */
@Singleton
class Answers {

    private static final CharSequence PROBLEM_JSON = HttpHeaders.createOptimized("application/problem+json");
    private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");

    private final Map<ProblemCode, Buffer> problems = new EnumMap<>(ProblemCode.class);
    private final String retryAfter;

    Answers(IntakeConfig config) {
        retryAfter = Long.toString(Math.max(1, config.retryAfter().toSeconds()));
        for (ProblemCode code : ProblemCode.values()) {
            problems.put(code, document(code));
        }
    }

    void give(HttpServerResponse response, Outcome outcome) {
        if (outcome == Outcome.ACCEPTED) {
            response.setStatusCode(202).end();
        } else {
            problem(response, code(outcome));
        }
    }

    /** The connection cannot be used again, because the rest of the request is still on its way. */
    void giveLast(HttpServerResponse response, Outcome outcome) {
        response.putHeader(HttpHeaders.CONNECTION, CLOSE);
        give(response, outcome);
    }

    void onlyPost(HttpServerResponse response) {
        response.putHeader(HttpHeaders.ALLOW, "POST");
        problem(response, ProblemCode.METHOD_NOT_ALLOWED);
    }

    private void problem(HttpServerResponse response, ProblemCode code) {
        if (code.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        response.setStatusCode(code.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM_JSON)
                .end(problems.get(code));
    }

    private static ProblemCode code(Outcome outcome) {
        return switch (outcome) {
            case NOT_GENUINE -> ProblemCode.NOT_GENUINE;
            case NOT_AN_EVENT -> ProblemCode.NOT_AN_EVENT;
            case TOO_LARGE -> ProblemCode.PAYLOAD_TOO_LARGE;
            case UNAVAILABLE -> ProblemCode.STREAM_UNAVAILABLE;
            case ACCEPTED, FAILED -> ProblemCode.INTERNAL_ERROR;
        };
    }

    private static Buffer document(ProblemCode code) {
        return new JsonObject()
                .put("status", code.status())
                .put("title", code.title())
                .put("instance", WebhookRoute.PATH)
                .put("code", code.wire())
                .toBuffer();
    }
}
