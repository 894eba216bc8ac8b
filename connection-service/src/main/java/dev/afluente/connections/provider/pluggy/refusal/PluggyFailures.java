package dev.afluente.connections.provider.pluggy.refusal;

import com.fasterxml.jackson.core.JacksonException;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.model.pluggy.failure.PluggyException;
import java.time.Duration;
import java.time.Instant;

/** Turns whatever a call to Pluggy can end with into the failure the port names. */
public final class PluggyFailures {
    /** Pluggy's {@code Retry-After} is always this long; used when a 429 comes without it. */
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(5);

    private PluggyFailures() {}

    public static ProviderException translate(Throwable failure, Instant now) {
        return failure instanceof ProviderException known ? known : new ProviderException(kind(failure, now));
    }

    /** The answer came with a good status but is not what Pluggy documents. */
    public static ProviderException unreadable() {
        return new ProviderException(new ProviderFailure.Rejected("unreadable_answer"));
    }

    private static ProviderFailure kind(Throwable failure, Instant now) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof PluggyException answer) {
                return answered(answer, now);
            }
            if (t instanceof JacksonException) {
                return new ProviderFailure.Rejected("unreadable_answer");
            }
        }
        // Refused, reset, timed out, cut off: nothing was said, so it may be said later.
        return new ProviderFailure.Unavailable(now.plus(DEFAULT_PAUSE));
    }

    private static ProviderFailure answered(PluggyException answer, Instant now) {
        int status = answer.status();
        if (status == 404) {
            return new ProviderFailure.Gone();
        }
        ProviderFailure refusal = PluggyRefusals.of(answer, now);
        if (refusal != null) {
            return refusal;
        }
        if (status == 429) {
            return new ProviderFailure.RateLimited(now.plus(orElse(answer.retryAfter(), DEFAULT_LIMIT)));
        }
        if (status >= 500) {
            return new ProviderFailure.Unavailable(now.plus(orElse(answer.retryAfter(), DEFAULT_PAUSE)));
        }
        return new ProviderFailure.Rejected("answered_" + status);
    }

    private static Duration orElse(Duration told, Duration otherwise) {
        return told == null ? otherwise : told;
    }
}
