package dev.afluente.sync.merge.model;

import dev.afluente.sync.merge.model.Bank.Happening;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.source.Window;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * How one sync of a bank goes: pages in order, repeated, overlapping or shuffled; rows that move while they are read;
 * failures that pass and failures that end the read. Everything follows from the draw.
 */
final class Script {
    private static final int PAGE = 4;
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");

    final Bank bank;
    private final Random draw;
    private final Trouble trouble;
    private final int at;
    private final List<List<SourceTransaction>> pages = new ArrayList<>();
    private int reads;
    private int calls;
    private boolean troubled;

    /** What goes wrong, once, at some page. */
    enum Trouble {
        NONE,
        MOVES,
        LIMITED,
        DROPPED,
        REFUSED,
        CRASH;

        /** Whether the read comes to its end all the same, with everything as it was when it began. */
        boolean passes() {
            return this == NONE || this == LIMITED || this == DROPPED;
        }
    }

    /** Called when the worker is to lose its run; the run's next write then fails. */
    private final Supplier<Uni<Void>> crash;

    Script(Bank bank, Random draw, Trouble trouble, Supplier<Uni<Void>> crash) {
        this.bank = bank;
        this.draw = draw;
        this.trouble = trouble;
        this.at = 1 + draw.nextInt(4);
        this.crash = crash;
    }

    synchronized Uni<SourcePage> page(Window window, String cursor) {
        calls++;
        if (cursor == null) {
            begin(window);
        }
        if (!troubled && calls >= at && trouble != Trouble.NONE) {
            troubled = true;
            switch (trouble) {
                case MOVES -> move();
                case LIMITED -> {
                    return Uni.createFrom().failure(new SourceFailure.RateLimited(Duration.ofMillis(1)));
                }
                case DROPPED -> {
                    return Uni.createFrom().failure(new SourceFailure.Unavailable());
                }
                case REFUSED -> {
                    return Uni.createFrom().failure(new SourceFailure.Rejected("provider_rejected"));
                }
                default -> {
                    return crash.get().map(lost -> read(cursor));
                }
            }
        }
        return Uni.createFrom().item(read(cursor));
    }

    /** Something happens at the bank while its pages, some of them already decided, are on their way. */
    private void move() {
        for (int i = 0; i < 2; i++) {
            bank.happens(Happening.any(draw), draw);
        }
    }

    private SourcePage read(String cursor) {
        int index = cursor == null ? 0 : Integer.parseInt(cursor.substring(cursor.indexOf(':') + 1));
        List<SourceTransaction> rows = index < pages.size() ? pages.get(index) : List.of();
        return new SourcePage(rows, List.of(), index + 1 < pages.size() ? reads + ":" + (index + 1) : null);
    }

    private void begin(Window window) {
        reads++;
        pages.clear();
        List<SourceTransaction> rows =
                bank.shown().stream().filter(row -> isIn(window, row)).toList();
        int step = draw.nextInt(4) == 0 ? PAGE - 1 : PAGE;
        for (int i = 0; i < rows.size(); i += step) {
            pages.add(rows.subList(i, Math.min(i + PAGE, rows.size())));
        }
        if (!pages.isEmpty() && draw.nextInt(4) == 0) {
            pages.add(pages.get(draw.nextInt(pages.size())));
        }
        if (draw.nextInt(4) == 0) {
            Collections.shuffle(pages, draw);
        }
    }

    private boolean isIn(Window window, SourceTransaction row) {
        if (window instanceof Window.TakenInSince since) {
            return bank.takenInSince(since.instant()).contains(row.providerId());
        }
        return !(window instanceof Window.DatedSince dated)
                || !row.date().atZone(SAO_PAULO).toLocalDate().isBefore(dated.day());
    }
}
