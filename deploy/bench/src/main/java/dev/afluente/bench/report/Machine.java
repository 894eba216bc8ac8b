package dev.afluente.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the benchmarks run on, without a name that would tell whose it is. Linux. */
public final class Machine {
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s*(\\d+) kB$");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");

    private Machine() {}

    public static List<String> described() {
        return List.of(
                Runtime.getRuntime().availableProcessors() + " cores, "
                        + first(MODEL, Path.of("/proc/cpuinfo"), "of unknown make"),
                Long.parseLong(first(MEMORY, Path.of("/proc/meminfo"), "0")) / 1024 + " MiB of memory",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", JDK "
                        + System.getProperty("java.version"),
                String.format(
                        Locale.ROOT,
                        "load %.1f at the end, everything on this one machine",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    }

    /** Resident memory of a process in MiB. */
    public static double residentMiB(long pid) {
        return Long.parseLong(first(RESIDENT, Path.of("/proc", Long.toString(pid), "status"), "0")) / 1024.0;
    }

    private static String first(Pattern pattern, Path file, String otherwise) {
        try {
            return pattern.matcher(Files.readString(file))
                    .results()
                    .findFirst()
                    .map(found -> found.group(1))
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
