package dev.afluente.bench.sync;

import dev.afluente.bench.report.Finding;
import dev.afluente.bench.report.Sample;
import dev.afluente.bench.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Two rows of the table in one: a full first sync against the official SDK's read of the same rows, and what becomes of
 * rows per second and of a page's time as accounts grow.
 */
public final class Growth {
    private final World world;
    private final FirstSync sync;

    public Growth(World world) {
        this.world = world;
        this.sync = new FirstSync(world);
    }

    public List<Finding> measure(int rows, int repeats) {
        world.say("Warming up with two small first syncs");
        sync.of(2_000);
        sync.of(2_000);
        List<Integer> sizes = rows >= 1_000 ? List.of(rows / 10, rows) : List.of(rows);
        List<Sample> rates = new ArrayList<>();
        List<Sample> pages = new ArrayList<>();
        FirstSync.Synced last = null;
        for (int size : sizes) {
            List<Double> rate = new ArrayList<>();
            for (int repeat = 1; repeat <= repeats; repeat++) {
                world.say(String.format(Locale.ROOT, "First sync of %,d rows, %d of %d", size, repeat, repeats));
                last = sync.of(size);
                rate.add(last.rate());
            }
            rates.add(new Sample(rate));
            sync.pages(last);
            pages.add(sync.pages(last));
        }
        world.say("The official SDK reads the same rows");
        Optional<NodeSdk.Read> sdk = new NodeSdk().read(world.bankUrl(), last.item(), repeats);
        return List.of(against(sdk, rates.get(rates.size() - 1)), growing(sizes, rates, pages));
    }

    private static Finding against(Optional<NodeSdk.Read> sdk, Sample rates) {
        String what = "full first sync into PostgreSQL, against the official Node SDK's read alone";
        String aim = "faster (above 1)";
        if (sdk.isEmpty()) {
            return Finding.missing(what, aim, "no Node.js, or the SDK could not be installed");
        }
        double read = sdk.get().rows() / sdk.get().seconds().median();
        return new Finding(
                what,
                Sample.number(rates.median() / read) + " × its rate",
                aim,
                List.of(
                        "first sync, stored: " + rates.told() + " rows/s",
                        String.format(
                                Locale.ROOT,
                                "SDK, read only: %s rows/s; %,d rows in %s s",
                                Sample.number(read),
                                sdk.get().rows(),
                                sdk.get().seconds().told())));
    }

    private static Finding growing(List<Integer> sizes, List<Sample> rates, List<Sample> pages) {
        List<String> details = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            details.add(String.format(
                    Locale.ROOT,
                    "%,d rows: %s rows/s; a page of 50 in %s ms, p99 %s ms",
                    sizes.get(i),
                    rates.get(i).told(),
                    Sample.number(pages.get(i).median()),
                    Sample.number(pages.get(i).percentile(99))));
        }
        int last = sizes.size() - 1;
        return new Finding(
                "rows per second and page time as an account grows ten times",
                Sample.number(rates.get(last).median() / rates.get(0).median()) + " × the rate, "
                        + Sample.number(
                                pages.get(last).percentile(99) / pages.get(0).percentile(99))
                        + " × the p99 of a page",
                "rate within 20 %, p99 flat",
                details);
    }
}
