package dev.afluente.model.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;

/**
 * Guarantees that every problem document carries a stable code and that none carries the text of an exception: what the
 * framework raised by itself is replaced by the general problem of its status. A database out of reach is told as 503,
 * so that a client knows to come again.
 */
@ApplicationScoped
public class CodedProblems implements ProblemPostProcessor {
    private static final long RETRY_AFTER_SECONDS = 5;

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        Map<String, Object> members = problem.getParameters();
        if (members.containsKey("code")) {
            return problem;
        }
        if (problem.getStatusCode() >= 500 && isOutOfReach(context.cause)) {
            return ProblemCode.STORAGE_UNAVAILABLE.retryAfter(RETRY_AFTER_SECONDS);
        }
        ProblemCode code = ProblemCode.ofStatus(problem.getStatusCode());
        HttpProblem.Builder coded = HttpProblem.builder()
                .withStatus(problem.getStatusCode())
                .withTitle(code.title())
                .with("code", code.wire());
        problem.getHeaders().forEach(coded::withHeader);
        if (members.containsKey("violations")) {
            coded.with("violations", members.get("violations"));
        }
        return coded.build();
    }

    /** Tells whether a cause is a connection that could not be made or was lost, rather than a refusal. */
    static boolean isOutOfReach(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            String type = t.getClass().getName();
            // By name: the door has no SQL client on its class path.
            if (t instanceof IOException
                    || type.equals("io.vertx.sqlclient.ClosedConnectionException")
                    || type.equals("io.vertx.core.impl.NoStackTraceThrowable")
                    || type.equals("io.vertx.core.impl.NoStackTraceTimeoutException")) {
                return true;
            }
        }
        return false;
    }
}
