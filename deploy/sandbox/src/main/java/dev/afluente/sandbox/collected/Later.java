package dev.afluente.sandbox.collected;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Comparator;

/**
 * A row that came after the first collection. Its content is that of {@code content}: its own slot, or the slot of the
 * row that the bank replaced with it.
 */
public record Later(long slot, long content, long date, boolean pending, Instant createdAt) {

    /** Slots from here on are rows that came later; below are the statement's own. */
    public static final long FIRST_SLOT = 1L << 31;

    static final Comparator<Later> ORDER =
            Comparator.comparingLong(Later::date).reversed().thenComparingLong(Later::slot);

    @JsonIgnore
    boolean isReplacement() {
        return content != slot;
    }

    Later createdAt(Instant instant) {
        return new Later(slot, content, date, pending, instant);
    }
}
