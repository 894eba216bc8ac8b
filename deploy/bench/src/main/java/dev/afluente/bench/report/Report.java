package dev.afluente.bench.report;

import java.util.ArrayList;
import java.util.List;

/** The findings as one page of Markdown: ratios first, the figures behind them after. Pure. */
public final class Report {
    private final String when;
    private final String size;
    private final List<String> machine;

    /**
     * @param when RFC 3339
     * @param size what was asked for, e.g. {@code 10,000 rows, 3 repeats}
     * @param machine what it ran on, one line each
     */
    public Report(String when, String size, List<String> machine) {
        this.when = when;
        this.size = size;
        this.machine = List.copyOf(machine);
    }

    public String of(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        lines.add("# Benchmarks of " + when);
        lines.add("");
        lines.add(size + ". A figure is a median, with the least and the most measured in brackets.");
        lines.add("");
        lines.add("| what | found | aim |");
        lines.add("|---|---|---|");
        findings.forEach(each -> lines.add("| " + each.what() + " | " + each.ratio() + " | " + each.aim() + " |"));
        for (Finding each : findings) {
            if (!each.details().isEmpty()) {
                lines.add("");
                lines.add("## " + each.what());
                lines.add("");
                each.details().forEach(line -> lines.add("- " + line));
            }
        }
        lines.add("");
        lines.add("## Machine");
        lines.add("");
        machine.forEach(line -> lines.add("- " + line));
        return String.join("\n", lines) + "\n";
    }
}
