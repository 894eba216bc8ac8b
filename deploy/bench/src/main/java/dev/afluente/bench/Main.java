package dev.afluente.bench;

import dev.afluente.embedded.process.Repository;
import dev.afluente.local.stack.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All benchmarks, one after the other, on one stack; writes the report to {@code deploy/bench/results} and to standard
 * output, progress to standard error.
 */
public final class Main {
    private static final int REPEATS = 3;
    private static final int SMALLEST = 100;
    private static final int LARGEST = 1_000_000;

    private Main() {}

    /** Takes the number of rows of the largest account, 10,000 unless said. Exit codes: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        int rows = arguments.length == 0 ? 10_000 : number(arguments[0]);
        if (arguments.length > 1 || rows < SMALLEST || rows > LARGEST) {
            System.err.println("Usage: deploy/bench/run [rows, from " + SMALLEST + " to " + LARGEST + "]");
            System.exit(2);
        }
        System.exit(run(rows));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.replace("_", ""));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int run(int rows) {
        Path module = Repository.root().resolve("deploy/bench");
        try {
            String report =
                    measure(rows, REPEATS, module.resolve("target/page-cost.json"), module.resolve("target/data"));
            Path file = module.resolve("results")
                    .resolve(Instant.now()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString()
                                    .replaceAll("[-:]", "") + "-" + rows + ".md");
            Files.createDirectories(file.getParent());
            Files.writeString(file, report);
            System.out.print(report);
            System.err.println("Kept in " + file);
            return 0;
        } catch (IOException | SQLException | RuntimeException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    /**
     * Measures everything.
     *
     * @param pageCost the figures that sync-service's own test leaves
     * @param data an empty directory for the stack, or one that was
     */
    static String measure(int rows, int repeats, Path pageCost, Path data) throws SQLException {
        long start = System.nanoTime();
        Progress progress =
                line -> System.err.printf(Locale.ROOT, "[%5.0f s] %s%n", (System.nanoTime() - start) / 1e9, line);
        List<Finding> findings = new ArrayList<>();
        try (World world = World.in(data, progress)) {
            findings.addAll(new Growth(world).measure(rows, repeats));
            findings.add(1, PageCost.read(pageCost));
            findings.add(2, new Freshness(world).measure(Math.min(50, Math.max(5, rows / 200))));
            findings.add(
                    2,
                    new DoorSpeed(world, data.resolveSibling("door"))
                            .measure(repeats, Duration.ofSeconds(20), 500_000));
            findings.add(4, new ManyDue(world).measure(Math.min(1_000, Math.max(10, rows / 100))));
            findings.add(new Footprint(world).measure(repeats));
        }
        String size = String.format(Locale.ROOT, "Up to %,d rows in one account, %d repeats", rows, repeats)
                + (Machine.wasBusy() ? ", on a machine that others kept busy: the figures say little" : "");
        return new Report(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), size, Machine.described())
                .of(findings);
    }
}
