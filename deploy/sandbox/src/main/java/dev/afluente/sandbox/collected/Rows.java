package dev.afluente.sandbox.collected;

import dev.afluente.sandbox.statement.Row;
import dev.afluente.sandbox.statement.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows an account shows at one moment, newest first: by date, and among equal dates by slot. Never changes; one
 * instance per reader. Finding a place costs a binary search, stepping on from there the drawing of one row.
 */
public final class Rows {

    private final Statement statement;
    private final Overlay overlay;
    private Map<Long, Later> laterBySlot;

    public Rows(Statement statement, Overlay overlay) {
        this.statement = statement;
        this.overlay = overlay;
    }

    /** A row with the times of its collection. */
    public record Collected(long slot, Row row, Instant createdAt, Instant updatedAt) {}

    /**
     * Which rows to walk over: {@code from} and {@code to} are dates in milliseconds, both inclusive; {@code after} is the
     * place to go on from, or null.
     */
    public record Window(long from, long to, Instant createdFrom, Place after) {

        public static final Window ALL = new Window(Long.MIN_VALUE, Long.MAX_VALUE, null, null);
    }

    /** A place in the order, whether or not a row stands there. */
    public record Place(long date, long slot) {}

    public int generation() {
        return overlay.generation();
    }

    public int count() {
        return statement.size() - overlay.removed().count() + overlay.later().size();
    }

    /** The date of the oldest row, removed rows of the statement included; the epoch if there never was one. */
    public Instant oldest() {
        long date = statement.size() == 0 ? 0 : statement.date(statement.size() - 1);
        for (Later row : overlay.later()) {
            date = Math.min(date, row.date());
        }
        return Instant.ofEpochMilli(date);
    }

    public Optional<Collected> find(long slot) {
        if (slot < Later.FIRST_SLOT) {
            boolean there = slot < statement.size() && !overlay.removed().contains(slot);
            return there ? Optional.of(original((int) slot)) : Optional.empty();
        }
        return Optional.ofNullable(laterBySlot().get(slot)).map(this::later);
    }

    private Map<Long, Later> laterBySlot() {
        if (laterBySlot == null) {
            var index = new HashMap<Long, Later>();
            overlay.later().forEach(row -> index.put(row.slot(), row));
            laterBySlot = index;
        }
        return laterBySlot;
    }

    public Walk walk(Window window) {
        return new Walk(window);
    }

    private Collected original(int index) {
        return collected(index, statement.row(index), overlay.collectedAt());
    }

    private Collected later(Later later) {
        Row row;
        if (later.isReplacement() && later.content() < Later.FIRST_SLOT) {
            row = statement.row((int) later.content()).withDate(Instant.ofEpochMilli(later.date()));
        } else {
            row = statement.later(later.content(), Instant.ofEpochMilli(later.date()), later.pending());
        }
        return collected(later.slot(), row.withPending(later.pending()), later.createdAt());
    }

    private Collected collected(long slot, Row row, Instant createdAt) {
        Change change = overlay.changes().get(slot);
        if (change == null) {
            return new Collected(slot, row, createdAt, createdAt);
        }
        Instant updatedAt = change.at().isAfter(createdAt) ? change.at() : createdAt;
        return new Collected(slot, change.applyTo(row), createdAt, updatedAt);
    }

    /** A walk from newer to older rows. Not thread safe. */
    public final class Walk {

        private final Window window;
        private final List<Later> others = overlay.later();
        private int index;
        private int other;

        private Walk(Window window) {
            this.window = window;
            Place start = window.after() == null ? new Place(window.to(), -1) : window.after();
            Place first = start.date() > window.to() ? new Place(window.to(), -1) : start;
            boolean skipStatement =
                    window.createdFrom() != null && overlay.collectedAt().isBefore(window.createdFrom());
            this.index = skipStatement ? statement.size() : firstOriginalAfter(first);
            this.other = firstOtherAfter(first);
        }

        /** The next row, or null at the end. */
        public Collected next() {
            settle();
            if (isOriginalNext()) {
                return original(index++);
            }
            return isOtherNext() ? later(others.get(other++)) : null;
        }

        /** The next row's slot without its content, or -1 at the end. */
        public long nextSlot() {
            settle();
            if (isOriginalNext()) {
                return index++;
            }
            return isOtherNext() ? others.get(other++).slot() : -1;
        }

        private boolean isOriginalNext() {
            return index < statement.size()
                    && statement.date(index) >= window.from()
                    && (!isOtherNext()
                            || statement.date(index) >= others.get(other).date());
        }

        private boolean isOtherNext() {
            return other < others.size() && others.get(other).date() >= window.from();
        }

        public boolean hasNext() {
            settle();
            return isOriginalNext() || isOtherNext();
        }

        private void settle() {
            while (index < statement.size() && overlay.removed().contains(index)) {
                index++;
            }
            while (other < others.size()
                    && window.createdFrom() != null
                    && others.get(other).createdAt().isBefore(window.createdFrom())) {
                other++;
            }
        }

        private int firstOriginalAfter(Place place) {
            int low = 0;
            int high = statement.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (isAfter(statement.date(middle), middle, place)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        private int firstOtherAfter(Place place) {
            int low = 0;
            int high = others.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (isAfter(others.get(middle).date(), others.get(middle).slot(), place)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        private static boolean isAfter(long date, long slot, Place place) {
            return date < place.date() || (date == place.date() && slot > place.slot());
        }
    }
}
