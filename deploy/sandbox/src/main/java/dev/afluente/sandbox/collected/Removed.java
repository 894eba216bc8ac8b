package dev.afluente.sandbox.collected;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/** The statement's rows that the bank has taken back. Immutable; a bit per row up to the last one removed. */
public final class Removed {

    static final Removed NONE = new Removed(new BitSet());

    private final BitSet bits;

    private Removed(BitSet bits) {
        this.bits = bits;
    }

    @JsonCreator
    static Removed parse(String text) {
        return new Removed(BitSet.valueOf(Base64.getDecoder().decode(text)));
    }

    @JsonValue
    String format() {
        return Base64.getEncoder().encodeToString(bits.toByteArray());
    }

    boolean contains(long slot) {
        return slot < Later.FIRST_SLOT && bits.get((int) slot);
    }

    int count() {
        return bits.cardinality();
    }

    Removed plus(List<Long> slots) {
        BitSet more = (BitSet) bits.clone();
        for (long slot : slots) {
            if (slot < Later.FIRST_SLOT) {
                more.set((int) slot);
            }
        }
        return new Removed(more);
    }
}
