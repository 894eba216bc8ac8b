package dev.afluente.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.link.Link;
import dev.afluente.sync.run.Backoff;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Outcome;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.account.SourceAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Instant COLLECTED = Instant.EPOCH.plusSeconds(3);
    private static final Readiness.Ready COMPLETE = new Readiness.Ready(Instant.EPOCH, COLLECTED, true);

    @Test
    void allAccountsReadIsSuccess() {
        assertThat(verdict(1, COMPLETE, null, null)).isEqualTo(new Outcome.Finished("SUCCEEDED", null, COLLECTED));
    }

    @Test
    void aLinkWithoutAccountsIsSuccess() {
        assertThat(verdict(1, COMPLETE)).isEqualTo(new Outcome.Finished("SUCCEEDED", null, COLLECTED));
    }

    @Test
    void whatTheProviderCouldNotCollectIsPartial() {
        assertThat(verdict(1, new Readiness.Ready(Instant.EPOCH, COLLECTED, false), (SourceFailure) null))
                .isEqualTo(new Outcome.Finished("PARTIAL", "provider_incomplete", COLLECTED));
    }

    @Test
    void oneAccountThatFailsForGoodIsPartial() {
        assertThat(verdict(1, COMPLETE, null, new SourceFailure.Gone()))
                .isEqualTo(new Outcome.Finished("PARTIAL", "gone_at_provider", COLLECTED));
    }

    /** Otherwise the sweep takes what cannot be read for what was never told, and has it read over and over. */
    @Test
    void whatLacksOnePartTellsHowFarTheRestWasRead() {
        AccountResult read = new AccountResult(UUID.randomUUID(), Tally.NOTHING, null);
        AccountResult withoutBills = read.lacking(new SourceFailure.Rejected("bills_unreadable"));

        assertThat(Verdict.of(run(1), COMPLETE, List.of(withoutBills), 0))
                .isEqualTo(new Outcome.Finished("PARTIAL", "bills_unreadable", COLLECTED));
        assertThat(Verdict.of(run(1), COMPLETE, List.of(read), 1))
                .isEqualTo(new Outcome.Finished("PARTIAL", SourceAccounts.REASON, COLLECTED));
        assertThat(Verdict.of(run(1), COMPLETE, List.of(), 1))
                .isEqualTo(new Outcome.Finished("FAILED", SourceAccounts.REASON));
    }

    @Test
    void allAccountsFailingForGoodIsFailed() {
        assertThat(verdict(1, COMPLETE, new SourceFailure.Rejected("provider_rejected")))
                .isEqualTo(new Outcome.Finished("FAILED", "provider_rejected"));
    }

    @Test
    void aFailureThatMayPassPutsTheRunBackEvenWhenAnotherAccountFailedForGood() {
        Outcome outcome = verdict(1, COMPLETE, new SourceFailure.Gone(), new SourceFailure.Unavailable());

        assertThat(outcome).isInstanceOf(Outcome.Postponed.class);
        assertThat(((Outcome.Postponed) outcome).held()).isFalse();
    }

    @Test
    void theLastAttemptEndsWithItsReason() {
        assertThat(verdict(Backoff.MAX_ATTEMPTS - 1, COMPLETE, new SourceFailure.Unavailable()))
                .isInstanceOf(Outcome.Postponed.class);
        assertThat(verdict(Backoff.MAX_ATTEMPTS, COMPLETE, new SourceFailure.Unavailable()))
                .isEqualTo(new Outcome.Finished("FAILED", "provider_unavailable"));
    }

    @Test
    void askedToWaitItWaitsAsLongAndIsNotBroughtForward() {
        Outcome outcome = Verdict.of(run(Backoff.MAX_ATTEMPTS), new SourceFailure.RateLimited(Duration.ofSeconds(37)));

        assertThat(outcome).isEqualTo(new Outcome.Postponed("rate_limited", Duration.ofSeconds(37), true));
    }

    @Test
    void onlyThePersonCanHelp() {
        assertThat(Verdict.of(run(1), new SourceFailure.NeedsUser("login_required")))
                .isEqualTo(new Outcome.Finished("NEEDS_USER", "login_required"));
    }

    @Test
    void backoffDoublesWithinBoundsAndEnds() {
        for (int attempt = 1; attempt < Backoff.MAX_ATTEMPTS; attempt++) {
            Outcome.Postponed postponed = (Outcome.Postponed) Backoff.afterFailure(attempt, "x");
            long full = Math.min(1000L << (attempt - 1), Duration.ofMinutes(5).toMillis());
            assertThat(postponed.delay().toMillis()).isBetween(full / 2, full);
        }
        assertThat(Backoff.whileCollecting(Backoff.MAX_ATTEMPTS * 2))
                .isEqualTo(new Outcome.Finished("FAILED", "provider_still_collecting"));
    }

    private static Outcome verdict(int attempt, Readiness.Ready ready, SourceFailure... failures) {
        List<AccountResult> results = Stream.of(failures)
                .map(failure -> new AccountResult(UUID.randomUUID(), Tally.NOTHING, failure))
                .toList();
        return Verdict.of(run(attempt), ready, results, 0);
    }

    private static LeasedRun run(int attempt) {
        Link link = new Link("default", UUID.randomUUID(), "ana", "pluggy", "item", "Banco");
        return new LeasedRun(UUID.randomUUID(), link, false, "WEBHOOK", "trace", attempt, UUID.randomUUID());
    }
}
