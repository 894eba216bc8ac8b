package dev.afluente.model.problem;

import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Refused callers as problem documents: 401 says that a token is needed and nothing about what was wrong with it, 403
 * that a valid one lacks a role. Stands before the problem library's own mappers, which were built against an older
 * Quarkus and fail on this one (its {@code ChallengeData} lost a field).
 */
public class SecurityProblems {
    private static final int BEFORE_THE_LIBRARY = Priorities.USER - 1000;

    @ServerExceptionMapper(
            value = {
                AuthenticationFailedException.class,
                AuthenticationCompletionException.class,
                UnauthorizedException.class
            },
            priority = BEFORE_THE_LIBRARY)
    Response unauthorized() {
        return ProblemCode.UNAUTHORIZED
                .builder()
                .withHeader("WWW-Authenticate", "Bearer")
                .build()
                .toResponse();
    }

    @ServerExceptionMapper(value = ForbiddenException.class, priority = BEFORE_THE_LIBRARY)
    Response forbidden() {
        return ProblemCode.FORBIDDEN.problem().toResponse();
    }
}
