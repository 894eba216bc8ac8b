package dev.afluente.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.plan.SyncPlan.Told;
import dev.afluente.sync.source.Change;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.Window;
import dev.afluente.sync.source.account.SourceAccount;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncPlanTest {
    private static final Instant NOW = Instant.parse("2026-03-10T02:30:00Z");
    private static final Instant AS_OF = NOW.minusSeconds(3600);
    private static final Instant READ_AT = NOW.minusSeconds(1800);
    private static final Readiness.Ready UNCHANGED = new Readiness.Ready(AS_OF, AS_OF, true);
    private static final Readiness.Ready COLLECTED_SINCE = new Readiness.Ready(NOW.minusSeconds(5), NOW, true);

    @Test
    void readsEverythingTheFirstTime() {
        AccountPlan plan = plan(account(null, null, null), UNCHANGED, new Change.Collected());

        assertThat(plan.windows()).containsExactly(new Window.Everything());
        assertThat(plan.complete()).isTrue();
        assertThat(plan.everything()).isTrue();
    }

    @Test
    void readsEverythingAgainAfterAWeekAndNotAMomentBefore() {
        Instant week = NOW.minus(SyncPlan.FULL_EVERY);

        assertThat(plan(account(AS_OF, READ_AT, week.minusMillis(1)), UNCHANGED, touched("a"))
                        .everything())
                .isTrue();
        assertThat(plan(account(AS_OF, READ_AT, week), UNCHANGED, touched("a")).everything())
                .isFalse();
    }

    @Test
    void afterACollectionReadsSinceTheWatermarkAndComparesARecentWindow() {
        AccountPlan plan = plan(known(), COLLECTED_SINCE, new Change.Collected());

        // 02:30 in London is still the day before in São Paulo.
        assertThat(plan.windows())
                .containsExactly(
                        new Window.TakenInSince(AS_OF.minus(SyncPlan.OVERLAP)),
                        new Window.DatedSince(LocalDate.of(2026, 3, 9).minusDays(SyncPlan.RECENT_DAYS)));
        assertThat(plan.complete()).isTrue();
    }

    /** A removal whose own notification was lost shows nowhere else. */
    @Test
    void afterACollectionASmallAccountIsComparedAsAWhole() {
        LedgerAccount large = known();
        LedgerAccount small = new LedgerAccount(
                large.id(),
                large.atSource(),
                large.watermark(),
                large.readAt(),
                large.fullReadAt(),
                large.reader(),
                false,
                true);

        assertThat(plan(small, COLLECTED_SINCE, new Change.Collected()).everything())
                .isTrue();
        assertThat(plan(small, UNCHANGED, new Change.Collected())).isEqualTo(AccountPlan.NOTHING);
        assertThat(plan(small, UNCHANGED, touched("a")).windows()).isEmpty();
    }

    @Test
    void aSourceThatCameBackIsReadOnceItHasBeenCollectedAsFarAsTheLedger() {
        LedgerAccount.Reader back = new LedgerAccount.Reader(1, false, false, AS_OF);
        Instant before = AS_OF.minusSeconds(1);

        assertThat(plan(by(back, null), new Readiness.Ready(before, before, true), new Change.Anything()))
                .isEqualTo(AccountPlan.NOTHING);
        assertThat(plan(by(back, null), UNCHANGED, new Change.Anything()).everything())
                .isTrue();
        assertThat(plan(by(back, null), new Readiness.Ready(null, null, true), new Change.Anything())
                        .everything())
                .isTrue();
        assertThat(plan(by(back, READ_AT), new Readiness.Ready(before, before, true), new Change.Anything())
                        .complete())
                .isTrue();
        LedgerAccount.Reader newest = new LedgerAccount.Reader(2, false, true, AS_OF);
        assertThat(plan(by(newest, null), new Readiness.Ready(before, before, true), new Change.Anything())
                        .everything())
                .isTrue();
    }

    private static LedgerAccount by(LedgerAccount.Reader reader, Instant readAt) {
        return new LedgerAccount(
                UuidCreator.getTimeOrderedEpoch(), known().atSource(), null, readAt, readAt, reader, false, false);
    }

    @Test
    void afterAMissedCollectionEverythingIsReadUnlessItWasReadMeanwhile() {
        assertThat(plan(known(), COLLECTED_SINCE, new Change.Missed(), new Change.Anything())
                        .everything())
                .isTrue();
        assertThat(plan(known(), UNCHANGED, new Change.Missed(), new Change.Anything())
                        .everything())
                .isFalse();
    }

    @Test
    void readsNothingWhenTheProviderCollectedNothingSince() {
        assertThat(plan(known(), UNCHANGED, new Change.Collected())).isEqualTo(AccountPlan.NOTHING);
    }

    @Test
    void aNotificationThatDoesNotSayWhatChangedIsFollowedEvenSo() {
        assertThat(plan(known(), UNCHANGED, new Change.Anything()).complete()).isTrue();
    }

    @Test
    void aRunWithoutNotificationReadsAlthoughNothingWasCollected() {
        AccountPlan plan = new SyncPlan(List.of(), NOW).of(known(), UNCHANGED);

        assertThat(plan.complete()).isTrue();
        assertThat(plan.windows()).hasSize(2);
    }

    @Test
    void aNotificationThatCameBeforeTheLastReadBeganIsOldNews() {
        SyncPlan before = new SyncPlan(List.of(new Told(touched("a"), READ_AT)), NOW);
        SyncPlan after = new SyncPlan(List.of(new Told(touched("a"), READ_AT.plusMillis(1))), NOW);

        assertThat(before.of(known(), COLLECTED_SINCE).named()).isEmpty();
        assertThat(after.of(known(), COLLECTED_SINCE).named()).containsExactly("a");
    }

    /** It read windows, and the row may be an old one. */
    @Test
    void aRowNamedBeforeTheLastReadBeganIsReadUnlessThatReadEverything() {
        Instant came = READ_AT.minusSeconds(1);
        SyncPlan plan = new SyncPlan(List.of(new Told(touched("a"), came)), NOW);

        assertThat(plan.of(account(AS_OF, READ_AT, came.minusSeconds(1)), UNCHANGED)
                        .named())
                .containsExactly("a");
        assertThat(plan.of(account(AS_OF, READ_AT, READ_AT), UNCHANGED).named()).isEmpty();
    }

    @Test
    void rowsTakenInAreReadFromTheEarliestInstantNamedForThisAccount() {
        AccountPlan plan = plan(
                known(),
                UNCHANGED,
                new Change.TakenIn("acc", NOW.minusSeconds(20)),
                new Change.TakenIn("acc", NOW.minusSeconds(40)),
                new Change.TakenIn("another", NOW.minusSeconds(9999)));

        assertThat(plan.windows())
                .containsExactly(new Window.TakenInSince(NOW.minusSeconds(40).minus(SyncPlan.OVERLAP)));
        assertThat(plan.complete()).isFalse();
    }

    @Test
    void namesTheRowsOfThisAccountOnceEach() {
        AccountPlan plan =
                plan(known(), UNCHANGED, touched("b", "a"), touched("a"), new Change.Touched("another", List.of("z")));

        assertThat(plan.named()).containsExactly("b", "a");
        assertThat(plan.windows()).isEmpty();
    }

    @Test
    void readsEverythingWhenNamingWouldCostMore() {
        List<String> many = IntStream.range(0, SyncPlan.MAX_NAMED)
                .mapToObj(Integer::toString)
                .toList();

        assertThat(plan(known(), UNCHANGED, new Change.Touched("acc", many)).everything())
                .isFalse();
        assertThat(plan(known(), UNCHANGED, new Change.Touched("acc", many), touched("one-more"))
                        .everything())
                .isTrue();
    }

    @Test
    void aProviderThatNamesNoInstantIsReadFromOurLastRead() {
        AccountPlan plan =
                plan(account(null, READ_AT, READ_AT), new Readiness.Ready(null, null, true), new Change.Collected());

        assertThat(plan.windows()).contains(new Window.TakenInSince(READ_AT.minus(SyncPlan.OVERLAP)));
    }

    private static Change touched(String... ids) {
        return new Change.Touched("acc", List.of(ids));
    }

    private static AccountPlan plan(LedgerAccount account, Readiness.Ready ready, Change... changes) {
        List<Told> told = List.of(changes).stream()
                .map(change -> new Told(change, NOW.minus(Duration.ofSeconds(1))))
                .toList();
        return new SyncPlan(told, NOW).of(account, ready);
    }

    private static LedgerAccount known() {
        return account(AS_OF, READ_AT, READ_AT);
    }

    private static LedgerAccount account(Instant watermark, Instant readAt, Instant fullReadAt) {
        SourceAccount atSource =
                new SourceAccount("acc", "BANK", null, null, null, "BRL", null, null, SourceAccount.Printed.NOTHING);
        return new LedgerAccount(
                UuidCreator.getTimeOrderedEpoch(),
                atSource,
                watermark,
                readAt,
                fullReadAt,
                LedgerAccount.Reader.FIRST,
                false,
                false);
    }
}
