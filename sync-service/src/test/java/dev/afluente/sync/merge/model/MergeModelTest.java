package dev.afluente.sync.merge.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.worker.RunExecution;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Proof 4: whatever happens at a bank and on the way, after a sync that came through the ledger is what the bank has, a
 * row that can be told to be the same is the same row, and one more sync writes nothing. Prints its seed; {@code
 * -Dmerge.seed} repeats it.
 */
@QuarkusTest
class MergeModelTest {
    private static final int SEQUENCES = "full".equals(System.getProperty("proofs")) ? 5_000 : 200;
    private static final int AT_ONCE = 4;
    private static final int LONGEST = 7;

    @Inject
    ScriptedSource source;

    @Inject
    RunExecution execution;

    @Inject
    Told told;

    @Test
    void theLedgerIsTheBank() throws InterruptedException, ExecutionException {
        long seed = Long.getLong("merge.seed", System.nanoTime());
        long began = System.nanoTime();
        AtomicInteger syncs = new AtomicInteger();
        Random draw = new Random(seed);
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<String>> lives = new ArrayList<>();
        for (int i = 0; i < SEQUENCES; i++) {
            List<Long> steps = draw.longs(2 + draw.nextInt(LONGEST - 1)).boxed().toList();
            lives.add(workers.submit(() -> failure(steps, syncs)));
        }
        String found = null;
        for (Future<String> life : lives) {
            found = found == null ? life.get() : found;
            if (found != null) {
                workers.shutdownNow();
                break;
            }
        }
        workers.shutdown();
        System.out.printf(
                "merge model: seed %d, %d sequences, %d syncs, %d s%n",
                seed, SEQUENCES, syncs.get(), (System.nanoTime() - began) / 1_000_000_000);
        assertThat(found).as("seed %d", seed).isNull();
    }

    /** Returns what went wrong, with the fewest steps that still do it; null when nothing did. */
    private String failure(List<Long> steps, AtomicInteger syncs) {
        String first = live(steps, syncs);
        if (first == null) {
            return null;
        }
        List<Long> fewest = steps;
        String last = first;
        for (int i = steps.size() - 1; i >= 0 && !Thread.currentThread().isInterrupted(); i--) {
            List<Long> fewer = new ArrayList<>(fewest);
            fewer.remove(i);
            String still = live(fewer, syncs);
            if (still != null) {
                fewest = fewer;
                last = still;
            }
        }
        return "steps " + fewest + " of " + steps.size() + ": " + last;
    }

    private String live(List<Long> steps, AtomicInteger syncs) {
        Life life = new Life(source, execution, told);
        try {
            steps.forEach(life::step);
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e.toString();
        } finally {
            syncs.addAndGet(life.syncs);
        }
    }
}
