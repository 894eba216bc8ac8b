package dev.afluente.bench.door;

import dev.afluente.bench.load.Volley;
import dev.afluente.bench.report.Sample;
import java.time.Duration;
import java.util.function.Supplier;

/** The processor time that a program takes for each request it answers; unlike a rate, much the same on a busy machine. */
final class Cost {
    private final long pid;
    private long nanos;
    private long answers;

    Cost(long pid) {
        this.pid = pid;
    }

    /** Counts what happens meanwhile. */
    Volley.Result of(Supplier<Volley.Result> measurement) {
        long before = spent();
        Volley.Result result = measurement.get();
        nanos += spent() - before;
        answers += result.all();
        return result;
    }

    private long spent() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow();
    }

    String told() {
        return Sample.number(nanos / 1_000.0 / Math.max(1, answers)) + " µs";
    }
}
