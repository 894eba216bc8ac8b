package dev.afluente.sync.run;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** When to try a run again: twice as late each time, up to a limit, spread so that retries do not come in step. */
public final class Backoff {
    /** After this many attempts a failing run ends, with its reason. */
    public static final int MAX_ATTEMPTS = 12;

    private static final int MAX_POLLS = MAX_ATTEMPTS * 2;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

    private Backoff() {}

    /** The provider is still collecting; a webhook brings the run forward. */
    public static Outcome whileCollecting(int attempt) {
        return attempt >= MAX_POLLS
                ? new Outcome.Finished("FAILED", "provider_still_collecting")
                : new Outcome.Postponed("provider_collecting", delay(attempt, LONGEST_POLL), false);
    }

    /** Something failed that may not fail again. */
    public static Outcome afterFailure(int attempt, String reason) {
        return attempt >= MAX_ATTEMPTS
                ? new Outcome.Finished("FAILED", reason)
                : new Outcome.Postponed(reason, delay(attempt, LONGEST), false);
    }

    /**
     * Tells whether an attempt is one too many. Every attempt that could tell its end has ended the run by then, so the
     * workers died or could not write: without a bound, a run that kills its worker would kill every instance in turn, for
     * ever.
     */
    public static boolean isBeyond(int attempt) {
        return attempt > MAX_POLLS;
    }

    private static Duration delay(int attempt, Duration longest) {
        long doubled = FIRST.toMillis() << Math.min(attempt - 1, 20);
        long capped = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(capped / 2 + ThreadLocalRandom.current().nextLong(capped / 2 + 1));
    }
}
