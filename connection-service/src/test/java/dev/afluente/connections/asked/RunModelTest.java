package dev.afluente.connections.asked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.asked.AskedRun.Trigger;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.connections.provider.UserNeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A provider that reads, fails, asks and answers at random, and whose states arrive repeated, reordered and late, against
 * the judgement of a run. The model knows when each reading of the bank truly began and ended.
 */
class RunModelTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:00Z");
    private static final int STEPS = 60;

    private static final int SEQUENCES = 5_000;

    /** What the provider truly does, and what it has told so far. */
    private static final class Bank {
        final Random random;
        final List<LinkState> told = new ArrayList<>();
        long clock;
        long lastRead;
        Status status = Status.UPDATED;

        Bank(Random random) {
            this.random = random;
            tell(null);
        }

        void refresh() {
            status = Status.UPDATING;
            tell(null);
        }

        void goOn() {
            status = any(List.of(Status.values()), random);
            UserNeed.Kind need = null;
            if (status == Status.UPDATED && random.nextInt(4) > 0) {
                lastRead = clock + 1;
            } else if (status != Status.UPDATED && status != Status.UPDATING && random.nextInt(3) == 0) {
                need = any(List.of(UserNeed.Kind.values()), random);
            }
            tell(need);
        }

        private void tell(UserNeed.Kind need) {
            clock++;
            told.add(JudgementTest.state(status, need, THEN.plusMillis(clock), THEN.plusMillis(lastRead)));
        }

        LinkState now() {
            return told.get(told.size() - 1);
        }
    }

    @Test
    void endsOnceAndIsNeverReleasedByAnOlderState() {
        long first = System.nanoTime();
        int[] ended = new int[1];
        for (long seed = first; seed < first + SEQUENCES; seed++) {
            ended[0] += sequence(seed);
        }
        assertThat(ended[0])
                .as("the sequences from seed %d reach an end", first)
                .isGreaterThan(SEQUENCES / 2);
    }

    /** Returns how many times the run ended. */
    private static int sequence(long seed) {
        Random random = new Random(seed);
        Bank bank = new Bank(random);
        LinkState known = bank.now();
        Trigger trigger = any(List.of(Trigger.values()), random);
        AskedRun run = new AskedRun();
        run.begin(trigger, Phase.WANTED, known, THEN, THEN.plusSeconds(60));
        Instant from = known.asOf();
        int refreshes = 0;
        List<Verdict> ends = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            boolean asks = run.phase() == Phase.WANTED && run.mayRefresh() && random.nextInt(3) == 0;
            if (asks) {
                run.refreshing();
                refreshes++;
                bank.refresh();
                if (random.nextBoolean()) {
                    run.asked();
                }
            } else {
                bank.goOn();
            }
            // Any state told so far may arrive, and any number of times; what is out of date is dropped at the door.
            LinkState arrives = bank.told.get(random.nextInt(bank.told.size()));
            if (arrives.asOf().isBefore(known.asOf())) {
                continue;
            }
            known = arrives;
            Verdict verdict = Judgement.of(run.standing(), arrives);
            Instant before = run.standing().since();
            apply(run, verdict, arrives, ends);
            assertThat(run.standing().since())
                    .as("seed %d: never moved back", seed)
                    .isAfterOrEqualTo(before);
            if (verdict instanceof Verdict.Release) {
                assertThat(arrives.asOf())
                        .as("seed %d: released by what it waited for", seed)
                        .isAfter(from);
                assertThat(arrives.status()).isEqualTo(Status.UPDATED);
            }
        }
        assertThat(ends).as("seed %d: ends", seed).hasSizeLessThanOrEqualTo(1);
        assertThat(refreshes).as("seed %d: refreshes", seed).isLessThanOrEqualTo(trigger.refreshes());
        assertThat(run.waits()).as("seed %d", seed).isEqualTo(ends.isEmpty());
        return ends.size();
    }

    private static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static void apply(AskedRun run, Verdict verdict, LinkState arrives, List<Verdict> ends) {
        if (verdict instanceof Verdict.Reading) {
            run.from(Phase.READING, arrives);
        } else if (verdict instanceof Verdict.Retry) {
            run.from(Phase.WANTED, arrives);
        } else if (verdict instanceof Verdict.Release || verdict instanceof Verdict.Abandon) {
            ends.add(verdict);
            run.end(THEN);
        }
    }
}
