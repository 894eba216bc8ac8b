package dev.afluente.connections.http;

import dev.afluente.connections.database.StorageAwayException;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.model.problem.ProblemCode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** How the failures of other rooms look to a client. */
@Singleton
class FailureProblems {
    private static final long STORAGE_PAUSE_SECONDS = 5;

    private final Clock clock;

    FailureProblems(Clock clock) {
        this.clock = clock;
    }

    @ServerExceptionMapper
    Response storage(StorageAwayException away) {
        return ProblemCode.STORAGE_UNAVAILABLE.retryAfter(STORAGE_PAUSE_SECONDS).toResponse();
    }

    @ServerExceptionMapper
    Response provider(ProviderException refusal) {
        return problem(refusal.failure()).toResponse();
    }

    private HttpProblem problem(ProviderFailure failure) {
        if (failure instanceof ProviderFailure.Gone) {
            return ProblemCode.ITEM_NOT_FOUND.problem();
        }
        // The limit is between us and the provider: the client did nothing too often, so it is not a 429.
        if (failure instanceof ProviderFailure.RateLimited limit) {
            return ProblemCode.PROVIDER_UNAVAILABLE.retryAfter(secondsUntil(limit.until()));
        }
        if (failure instanceof ProviderFailure.Unavailable away) {
            return ProblemCode.PROVIDER_UNAVAILABLE.retryAfter(secondsUntil(away.retryAt()));
        }
        if (failure instanceof ProviderFailure.TooSoon soon) {
            return ProblemCode.PROVIDER_UNAVAILABLE.retryAfter(secondsUntil(soon.retryAt()));
        }
        if (failure instanceof ProviderFailure.Busy) {
            return ProblemCode.CONNECTION_BUSY.problem();
        }
        return failure instanceof ProviderFailure.Invalid invalid
                ? ProblemCode.CREDENTIALS_REFUSED
                        .builder()
                        .with("names", invalid.names())
                        .build()
                : ProblemCode.PROVIDER_REJECTED.problem();
    }

    private long secondsUntil(Instant moment) {
        return Math.max(
                1, Duration.between(clock.instant(), moment).plusMillis(999).toSeconds());
    }
}
