package dev.afluente.bench;

import dev.afluente.bench.door.DoorSpeed;
import dev.afluente.bench.report.Finding;
import dev.afluente.bench.report.Machine;
import dev.afluente.bench.report.Others;
import dev.afluente.bench.report.Report;
import dev.afluente.bench.sync.Freshness;
import dev.afluente.bench.sync.Growth;
import dev.afluente.bench.sync.ManyDue;
import dev.afluente.bench.sync.PageCost;
import dev.afluente.bench.world.Footprint;
import dev.afluente.bench.world.World;
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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * All benchmarks, one after the other, on one stack; writes the report to {@code deploy/bench/results} and to standard
 * output, progress to standard error.
 */
public final class Main {
    private static final int REPEATS = 3;
    private static final int SMALLEST = 100;
    private static final int LARGEST = 1_000_000;

    private Main() {}

    /** What can be measured alone. */
    enum Part {
        GROWTH,
        MERGE,
        DOOR,
        FRESHNESS,
        DUE,
        FOOTPRINT
    }

    /**
     * Takes the number of rows of the largest account, 10,000 unless said, and what to measure, everything unless said. Exit
     * codes: 0 done, 1 failed, 2 wrong usage.
     */
    public static void main(String[] arguments) {
        int rows = arguments.length == 0 ? 10_000 : number(arguments[0]);
        Set<Part> parts = EnumSet.noneOf(Part.class);
        boolean understood = rows >= SMALLEST && rows <= LARGEST;
        for (int i = 1; i < arguments.length; i++) {
            String name = arguments[i].toUpperCase(Locale.ROOT);
            understood &=
                    Arrays.stream(Part.values()).anyMatch(part -> part.name().equals(name) && parts.add(part));
        }
        if (!understood) {
            System.err.println("Usage: deploy/bench/run [rows, from " + SMALLEST + " to " + LARGEST
                    + " [growth merge door freshness due footprint]]");
            System.exit(2);
        }
        System.exit(run(rows, parts.isEmpty() ? EnumSet.allOf(Part.class) : parts));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.replace("_", ""));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int run(int rows, Set<Part> parts) {
        Path module = Repository.root().resolve("deploy/bench");
        try {
            String report = measure(
                    rows, REPEATS, parts, module.resolve("target/page-cost.json"), module.resolve("target/data"));
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
     * Measures.
     *
     * @param pageCost the figures that sync-service's own test leaves
     * @param data an empty directory for the stack, or one that was
     */
    static String measure(int rows, int repeats, Set<Part> parts, Path pageCost, Path data) throws SQLException {
        long start = System.nanoTime();
        Others others = Others.watched();
        Progress progress =
                line -> System.err.printf(Locale.ROOT, "[%5.0f s] %s%n", (System.nanoTime() - start) / 1e9, line);
        List<Finding> findings = new ArrayList<>();
        Finding growth = null;
        try (World world = World.in(data, progress)) {
            if (parts.contains(Part.GROWTH)) {
                List<Finding> found = new Growth(world).measure(rows, repeats);
                findings.add(found.get(0));
                growth = found.get(1);
            }
            if (parts.contains(Part.MERGE)) {
                findings.add(PageCost.read(pageCost));
            }
            if (parts.contains(Part.DOOR)) {
                findings.add(new DoorSpeed(world, data.resolveSibling("door"))
                        .measure(repeats, Duration.ofSeconds(15), 500_000));
            }
            if (parts.contains(Part.FRESHNESS)) {
                findings.add(new Freshness(world).measure(Math.min(50, Math.max(5, rows / 200))));
            }
            if (parts.contains(Part.DUE)) {
                findings.add(new ManyDue(world).measure(Math.min(1_000, Math.max(10, rows / 100))));
            }
            if (growth != null) {
                findings.add(growth);
            }
            if (parts.contains(Part.FOOTPRINT)) {
                findings.add(new Footprint(world).measure(repeats));
            }
        }
        String size = String.format(Locale.ROOT, "Up to %,d rows in one account, %d repeats", rows, repeats)
                + (others.tookMuch() ? ", on a machine that others kept busy: the figures say little" : "");
        return new Report(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), size, Machine.described())
                .of(findings);
    }
}
