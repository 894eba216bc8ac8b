package dev.afluente.bench.load;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long answers took, in steps of {@value #STEP_MICROS} µs up to 5 s; longer ones count as 5 s. Counts only while it is told
 * to. For any thread.
 */
final class Latencies {
    private static final int STEP_MICROS = 50;
    private static final int STEPS = 100_000;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS);
    private final LongAdder answered = new LongAdder();
    private final LongAdder all = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicBoolean counting = new AtomicBoolean();

    void count(boolean on) {
        counting.set(on);
    }

    void answered(long nanos) {
        all.increment();
        if (counting.get()) {
            answered.increment();
            counts.incrementAndGet((int) Math.min(STEPS - 1, nanos / (STEP_MICROS * 1_000L)));
        }
    }

    /** A refusal, or a connection that ended. */
    void failed() {
        if (counting.get()) {
            failures.increment();
        }
    }

    long answered() {
        return answered.sum();
    }

    /** Those that were not to be counted among them. */
    long all() {
        return all.sum();
    }

    long failures() {
        return failures.sum();
    }

    /** Milliseconds that at least so many percent of the answers did not exceed; 0 when there were none. */
    double percentile(int percent) {
        long rank = (long) Math.ceil(answered() * percent / 100.0);
        long seen = 0;
        for (int step = 0; step < STEPS && rank > 0; step++) {
            seen += counts.get(step);
            if (seen >= rank) {
                return (step + 1) * STEP_MICROS / 1_000.0;
            }
        }
        return 0;
    }
}
