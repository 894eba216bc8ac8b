package dev.afluente.sandbox.collected;

import dev.afluente.sandbox.brazil.Draw;
import java.util.Optional;
import java.util.UUID;

/**
 * Transaction ids that look random and can be read back, so that a million rows need no table of ids. The low 62 bits are
 * a Feistel permutation of account number, generation and slot; the high 60 bits are a keyed check of the same, so a
 * made-up id is unknown and not a wrong row. Not a protection against an adversary. Any thread.
 */
public final class TransactionIds {

    private static final int SLOT_BITS = 32;
    private static final int GENERATION_BITS = 10;
    private static final long HALF = (1L << 31) - 1;
    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_MASK = ~0xF000L;
    private static final long VARIANT = 1L << 63;
    private static final long LOW_62 = (1L << 62) - 1;
    private static final int ROUNDS = 4;

    /** At most so many accounts, re-issues per account, and rows per account. */
    public static final int MAX_ACCOUNTS = 1 << 20;

    public static final int MAX_GENERATIONS = 1 << GENERATION_BITS;

    private final long key;

    public TransactionIds(long key) {
        this.key = key;
    }

    /** Where an id points; the row may be gone. */
    public record Place(int account, int generation, long slot) {}

    public String encode(int account, int generation, long slot) {
        long packed = ((long) account << (SLOT_BITS + GENERATION_BITS)) | ((long) generation << SLOT_BITS) | slot;
        return new UUID(check(packed), VARIANT | permute(packed)).toString();
    }

    /** Empty for anything that was not made by {@link #encode} under this key. */
    public Optional<Place> decode(String id) {
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        long packed = restore(uuid.getLeastSignificantBits() & LOW_62);
        boolean ours = uuid.getMostSignificantBits() == check(packed)
                && uuid.getLeastSignificantBits() >>> 62 == VARIANT >>> 62;
        if (!ours) {
            return Optional.empty();
        }
        int account = (int) (packed >>> (SLOT_BITS + GENERATION_BITS));
        int generation = (int) (packed >>> SLOT_BITS) & (MAX_GENERATIONS - 1);
        return Optional.of(new Place(account, generation, packed & 0xFFFFFFFFL));
    }

    private long check(long packed) {
        return (Draw.mix(packed ^ Draw.mix(key)) & VERSION_MASK) | VERSION_4;
    }

    private long permute(long packed) {
        long left = packed >>> 31;
        long right = packed & HALF;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ stir(right, round);
            left = right;
            right = next;
        }
        return left << 31 | right;
    }

    private long restore(long permuted) {
        long left = permuted >>> 31;
        long right = permuted & HALF;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            long previous = right ^ stir(left, round);
            right = left;
            left = previous;
        }
        return left << 31 | right;
    }

    private long stir(long half, int round) {
        return Draw.mix(half + key + round * 0x632BE59BD9B4E019L) & HALF;
    }
}
