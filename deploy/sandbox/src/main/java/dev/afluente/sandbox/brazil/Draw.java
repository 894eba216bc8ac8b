package dev.afluente.sandbox.brazil;

import java.math.BigDecimal;
import java.util.List;

/**
 * A stream of draws that depends only on its key and index, so row 731,204 of a ledger is made without making the rows
 * before it, and is the same on every JVM. SplitMix64; not for secrets. Not thread safe: one instance per row.
 */
public final class Draw {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    public Draw(long key, long index) {
        this.state = mix(key ^ mix(index + GOLDEN));
    }

    /** SplitMix64's finalizer: a bijection of 64-bit values in which every input bit moves half of the output bits. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A key from words and a parent key; the order of the words matters. */
    public static long key(long parent, String... words) {
        long key = parent;
        for (String word : words) {
            for (int i = 0; i < word.length(); i++) {
                key = mix(key * 31 + word.charAt(i) + GOLDEN);
            }
            key = mix(key + GOLDEN);
        }
        return key;
    }

    public long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in 0 (inclusive) to {@code bound} (exclusive). */
    public int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    public boolean percent(int chance) {
        return below(100) < chance;
    }

    public <T> T of(List<T> values) {
        return values.get(below(values.size()));
    }

    /** {@code count} decimal digits, zeros in front included. */
    public String digits(int count) {
        var digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + below(10)));
        }
        return digits.toString();
    }

    /** An amount in reais with two decimals; small amounts are more frequent than large ones, as in a household. */
    public BigDecimal cents(int lowCents, int highCents) {
        int span = highCents - lowCents + 1;
        int skewed = Math.min(below(span), below(span));
        return BigDecimal.valueOf(lowCents + (long) skewed, 2);
    }
}
