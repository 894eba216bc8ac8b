package dev.afluente.sandbox.collected;

import dev.afluente.sandbox.brazil.Draw;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a bank's changes to the rows of one account: which rows it picks and what becomes of them follows from the draw.
 * One instance per request; pure, the outcome is in {@link #done()}.
 */
public final class RowChanges {

    private static final int LATE_PERCENT = 20;
    private static final int LATE_DAYS = 10;

    private final Rows rows;
    private final Draw draw;
    private final Instant now;
    private final Set<Long> taken = new HashSet<>();
    private final List<Later> created = new ArrayList<>();
    private final List<Long> deleted = new ArrayList<>();
    private final Map<Long, Change> updated = new HashMap<>();
    private Overlay overlay;

    public RowChanges(Rows rows, Overlay overlay, Draw draw, Instant now) {
        this.rows = rows;
        this.overlay = overlay;
        this.draw = draw;
        this.now = now;
    }

    /** What was done, by slot: which rows are new, corrected in place, gone. */
    public record Done(Overlay overlay, List<Long> created, List<Long> updated, List<Long> deleted) {}

    /** New rows dated now; one in five arrives late, with a date up to ten days back. */
    public void add(int count, boolean pending, Instant bankNow) {
        long slot = overlay.nextSlot() + created.size();
        for (int i = 0; i < count; i++) {
            boolean late = draw.percent(LATE_PERCENT);
            Duration back = late ? Duration.ofMinutes(draw.between(1, LATE_DAYS * 24 * 60)) : Duration.ZERO;
            long date = bankNow.minus(back).toEpochMilli();
            created.add(new Later(slot + i, slot + i, date, pending, now));
        }
    }

    /** Corrections in place: a text, an amount or a category. */
    public void change(int count) {
        for (Rows.Collected row : pick(count)) {
            updated.put(row.slot(), correction(row));
        }
    }

    private Change correction(Rows.Collected row) {
        return switch (draw.below(3)) {
            case 0 -> Change.ofText(row.row().text().shown() + " (ajuste " + draw.digits(3) + ")", now);
            case 1 -> {
                BigDecimal amount = row.row().money().booked();
                BigDecimal cents = BigDecimal.valueOf(draw.between(1, 500), 2);
                yield Change.ofAmount(amount.signum() < 0 ? amount.subtract(cents) : amount.add(cents), now);
            }
            default -> Change.ofCategory(row.row().categoryId().equals("11010000") ? "10000000" : "11010000", now);
        };
    }

    public void remove(int count) {
        for (Rows.Collected row : pick(count)) {
            deleted.add(row.slot());
        }
    }

    /**
     * Books the newest pending row. Under the same id where the institution gives its own ids, otherwise as a new row in
     * place of the old one, with the text and the date that banks change at that moment.
     */
    public void postPending(boolean keepsId) {
        Rows.Walk walk = rows.walk(Rows.Window.ALL);
        Rows.Collected row = walk.next();
        while (row != null && (!row.row().pending() || taken.contains(row.slot()))) {
            row = walk.next();
        }
        if (row == null) {
            return;
        }
        taken.add(row.slot());
        if (keepsId) {
            updated.put(row.slot(), Change.ofPending(false, now));
            return;
        }
        deleted.add(row.slot());
        long slot = overlay.nextSlot() + created.size();
        long date = row.row().date().toEpochMilli();
        long content = contentOf(row.slot());
        created.add(new Later(slot, content, date, false, now));
        Change earlier = overlay.changes().get(row.slot());
        if (earlier != null) {
            updated.put(slot, earlier.then(Change.ofPending(false, now)));
        }
    }

    private long contentOf(long slot) {
        return overlay.later().stream()
                .filter(row -> row.slot() == slot)
                .mapToLong(Later::content)
                .findFirst()
                .orElse(slot);
    }

    public Done done() {
        Set<Long> fresh = new HashSet<>();
        created.forEach(row -> fresh.add(row.slot()));
        overlay = overlay.minus(deleted).plus(created).changed(updated);
        return new Done(
                overlay,
                created.stream().map(Later::slot).toList(),
                updated.keySet().stream()
                        .filter(slot -> !fresh.contains(slot))
                        .sorted()
                        .toList(),
                List.copyOf(deleted));
    }

    /** Rows not picked before in this request: at random while that is quick, then from the newest on. */
    private List<Rows.Collected> pick(int count) {
        var picked = new ArrayList<Rows.Collected>();
        int slots = (int) Math.min(
                Integer.MAX_VALUE, (long) rows.count() + overlay.later().size());
        for (int tries = slots == 0 ? 0 : 4 * count + 20; tries > 0 && picked.size() < count; tries--) {
            int at = draw.below(slots);
            long slot = at < rows.count() - overlay.later().size()
                    ? at
                    : Later.FIRST_SLOT + draw.below((int) (overlay.nextSlot() - Later.FIRST_SLOT + 1));
            rows.find(slot).filter(row -> taken.add(row.slot())).ifPresent(picked::add);
        }
        Rows.Walk walk = rows.walk(Rows.Window.ALL);
        Rows.Collected next = picked.size() < count ? walk.next() : null;
        while (next != null && picked.size() < count) {
            if (taken.add(next.slot())) {
                picked.add(next);
            }
            next = walk.next();
        }
        return picked;
    }
}
