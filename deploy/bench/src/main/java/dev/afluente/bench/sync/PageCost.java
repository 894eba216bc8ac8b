package dev.afluente.bench.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.bench.report.Finding;
import dev.afluente.bench.report.Sample;
import dev.afluente.local.http.JsonHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What merging a page costs beside the least a database could do for it. Measured inside sync-service, by its own test
 * {@code PageCostTest}, which leaves its figures in a file; this only reads them.
 */
public final class PageCost {
    private static final String AIM = "at most 2 × each";

    private PageCost() {}

    public static Finding read(Path file) {
        String what = "merge of a page of 500, changed against COPY, unchanged against an index scan";
        try {
            JsonNode figures = JsonHttp.JSON.readTree(Files.readString(file));
            Sample changed = sample(figures, "changed");
            Sample copy = sample(figures, "copy");
            Sample unchanged = sample(figures, "unchanged");
            Sample scan = sample(figures, "scan");
            return new Finding(
                    what,
                    Sample.number(changed.median() / copy.median()) + " ×, "
                            + Sample.number(unchanged.median() / scan.median()) + " ×",
                    AIM,
                    List.of(
                            "merge of 500 changed rows: " + changed.told() + " ms",
                            "COPY of the same rows into a table with the same indexes: " + copy.told() + " ms",
                            "merge of 500 unchanged rows: " + unchanged.told() + " ms",
                            "index scan of the same keys: " + scan.told() + " ms"));
        } catch (IOException e) {
            return Finding.missing(what, AIM, "sync-service's figures are not there");
        }
    }

    private static Sample sample(JsonNode figures, String name) {
        List<Double> values = new ArrayList<>();
        figures.path(name).forEach(value -> values.add(value.asDouble()));
        return new Sample(values);
    }
}
