package dev.afluente.model.problem;

import com.fasterxml.jackson.core.JacksonException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Guarantees that every problem document carries a stable code and that none carries the text of an exception: what the
 * framework raised by itself is replaced by the general problem of its status. A database out of reach is told as 503,
 * so that a client knows to come again. No document says which path was asked for: what is unknown and what is somebody
 * else's must be the same bytes.
 */
@ApplicationScoped
public class CodedProblems implements ProblemPostProcessor {
    private static final long RETRY_AFTER_SECONDS = 5;

    /** Causes are a list by convention only. */
    private static final int MAX_DEPTH = 32;

    /** PostgreSQL's SQLSTATE, as its client ends the message: connection lost, too many, server going down or coming up. */
    private static final Pattern SERVER_AWAY = Pattern.compile("\\((08\\w{3}|53300|57P0[123])\\)$");

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        Map<String, Object> members = problem.getParameters();
        if (problem.getStatusCode() < 400) {
            return problem;
        }
        if (members.containsKey("code")) {
            return problem;
        }
        if (problem.getStatusCode() >= 500 && isOutOfReach(context.cause)) {
            return ProblemCode.STORAGE_UNAVAILABLE.retryAfter(RETRY_AFTER_SECONDS);
        }
        ProblemCode code = isUnreadableBody(problem.getStatusCode(), context.cause)
                ? ProblemCode.INVALID_BODY
                : ProblemCode.ofStatus(problem.getStatusCode());
        HttpProblem.Builder coded = code.builder();
        problem.getHeaders().forEach(coded::withHeader);
        if (members.containsKey("violations")) {
            coded.with("violations", members.get("violations"));
        }
        return coded.build();
    }

    /** Before the library's log, which writes details down: the framework's own quote what the client sent. */
    @Override
    public int priority() {
        return 1_000;
    }

    private static boolean isUnreadableBody(int status, Throwable cause) {
        if (status == 400) {
            for (Throwable t = cause; t != null; t = t.getCause()) {
                if (t instanceof JacksonException) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Tells whether a cause is a connection that could not be made or was lost, or a server that is going down or full,
     * rather than a refusal.
     */
    static boolean isOutOfReach(Throwable cause) {
        Throwable t = cause;
        for (int depth = 0; t != null && depth < MAX_DEPTH; depth++) {
            // Jackson's failures are IOExceptions too, but no connection was lost.
            if ((t instanceof IOException && !(t instanceof JacksonException)) || isOfTheClient(t)) {
                return true;
            }
            t = t.getCause();
        }
        return false;
    }

    private static boolean isOfTheClient(Throwable t) {
        // By name: the door has no SQL client on its class path.
        return switch (t.getClass().getName()) {
            case "io.vertx.sqlclient.ClosedConnectionException",
                    "io.vertx.core.impl.NoStackTraceThrowable",
                    "io.vertx.core.impl.NoStackTraceTimeoutException" -> true;
            case "io.vertx.pgclient.PgException" ->
                t.getMessage() != null && SERVER_AWAY.matcher(t.getMessage()).find();
            default -> false;
        };
    }
}
