package dev.afluente.sync.source.pluggy;

import dev.afluente.model.pluggy.PluggyException;
import dev.afluente.sync.source.SourceFailure;
import java.time.Duration;

/** Turns what the client raised into the failure the port names. */
final class PluggyFailures {
    /** Pluggy's documentation: {@code Retry-After} is always a minute. */
    private static final Duration DOCUMENTED_WAIT = Duration.ofSeconds(60);

    private PluggyFailures() {}

    static Throwable typed(Throwable failure) {
        if (failure instanceof SourceFailure) {
            return failure;
        }
        return failure instanceof PluggyException answer ? typed(answer) : new SourceFailure.Unavailable();
    }

    private static SourceFailure typed(PluggyException answer) {
        int status = answer.status();
        if (status == 429) {
            return new SourceFailure.RateLimited(answer.retryAfter() == null ? DOCUMENTED_WAIT : answer.retryAfter());
        }
        if (status == 404) {
            return new SourceFailure.Gone();
        }
        if (status == 423) {
            return new SourceFailure.Rejected("quota_used_up");
        }
        if (status == 410) {
            return new SourceFailure.Rejected("endpoint_retired");
        }
        if (status == 401 || status == 403) {
            return new SourceFailure.Rejected("provider_access_refused");
        }
        return status >= 500 || status == 408
                ? new SourceFailure.Unavailable()
                : new SourceFailure.Rejected("provider_rejected");
    }
}
