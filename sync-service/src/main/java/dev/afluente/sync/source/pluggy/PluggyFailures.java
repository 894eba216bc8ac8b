package dev.afluente.sync.source.pluggy;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.afluente.model.pluggy.failure.AnswerTooLargeException;
import dev.afluente.model.pluggy.failure.PluggyException;
import dev.afluente.sync.source.SourceFailure;
import java.time.Duration;

/** Turns what the client raised into the failure the port names. */
final class PluggyFailures {
    /** Pluggy's documentation: {@code Retry-After} is always a minute. */
    private static final Duration DOCUMENTED_WAIT = Duration.ofSeconds(60);

    private static final int MAX_CAUSES = 10;

    private PluggyFailures() {}

    static Throwable typed(Throwable failure) {
        if (failure instanceof SourceFailure) {
            return failure;
        }
        if (failure instanceof PluggyException answer) {
            return typed(answer);
        }
        return isUnreadable(failure)
                ? new SourceFailure.Rejected("answer_unreadable")
                : new SourceFailure.Unavailable();
    }

    /** An answer that is whole but not what it should be comes again; one that broke off may not. */
    private static boolean isUnreadable(Throwable failure) {
        boolean unreadable = false;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof StreamConstraintsException || cause instanceof AnswerTooLargeException) {
                return true;
            }
            if (cause instanceof StreamReadException) {
                return false;
            }
            unreadable |= cause instanceof JsonMappingException;
            cause = cause.getCause();
        }
        return unreadable;
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
