package dev.afluente.sync.worker;

import dev.afluente.sync.run.Backoff;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Outcome;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.account.SourceAccounts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decides from what happened how a run ends. Pure. */
final class Verdict {
    private Verdict() {}

    /**
     * The verdict over a run whose accounts were all tried.
     *
     * @param unreadable how many accounts came in a form nobody can read
     */
    static Outcome of(LeasedRun run, Readiness.Ready ready, List<AccountResult> results, int unreadable) {
        List<SourceFailure> failures = results.stream()
                .map(AccountResult::failure)
                .filter(Objects::nonNull)
                .toList();
        for (SourceFailure failure : failures) {
            Outcome outcome = of(run, failure);
            if (outcome instanceof Outcome.Postponed) {
                return outcome;
            }
        }
        if (failures.isEmpty() && unreadable > 0) {
            return results.isEmpty()
                    ? new Outcome.Finished("FAILED", SourceAccounts.REASON)
                    : new Outcome.Finished("PARTIAL", SourceAccounts.REASON, ready.collectedAt());
        }
        if (failures.isEmpty()) {
            Optional<SourceFailure> lacks = results.stream()
                    .map(AccountResult::lacks)
                    .filter(Objects::nonNull)
                    .findFirst();
            if (lacks.isPresent()) {
                // The next run asks again; what is in need not be read anew for it.
                return new Outcome.Finished("PARTIAL", lacks.get().reason(), ready.collectedAt());
            }
            return ready.complete()
                    ? new Outcome.Finished("SUCCEEDED", null, ready.collectedAt())
                    : new Outcome.Finished("PARTIAL", "provider_incomplete", ready.collectedAt());
        }
        String reason = failures.get(0).reason();
        return failures.size() < results.size()
                ? new Outcome.Finished("PARTIAL", reason, ready.collectedAt())
                : new Outcome.Finished("FAILED", reason);
    }

    /** The verdict over a failure that stopped everything. */
    static Outcome of(LeasedRun run, SourceFailure failure) {
        if (failure instanceof SourceFailure.NeedsUser) {
            return new Outcome.Finished("NEEDS_USER", failure.reason());
        }
        if (failure instanceof SourceFailure.RateLimited limited) {
            // Waiting as asked is not a failed attempt: a large account may take many windows.
            return new Outcome.Postponed(failure.reason(), atLeastASecond(limited.waiting()), true);
        }
        return failure instanceof SourceFailure.Unavailable
                ? Backoff.afterFailure(run.attempt(), failure.reason())
                : new Outcome.Finished("FAILED", failure.reason());
    }

    private static Duration atLeastASecond(Duration wait) {
        return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
    }
}
