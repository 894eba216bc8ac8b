package dev.afluente.model.problem;

import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * A body that is not JSON, or not the JSON an operation takes, as {@code invalid_body}. Stands before the framework's
 * and the problem library's own mappers, whose answers are empty or quote the body. Only failures of reading: one of
 * writing is ours, not the client's.
 */
public class BodyProblems {
    @ServerExceptionMapper(
            value = {
                StreamReadException.class,
                MismatchedInputException.class,
                InvalidFormatException.class,
                UnrecognizedPropertyException.class
            },
            priority = Priorities.USER - 1000)
    Response unreadable() {
        return ProblemCode.INVALID_BODY.problem().toResponse();
    }
}
