package dev.afluente.local.ledger;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a comparison found: how much was equal, how many differences, and the first of them in words (API / bank). */
public final class Findings {
    /** What a difference is: the bank's row is not served, is served twice, nobody at the bank knows it, or it says something else. */
    public enum Kind {
        LOST,
        DOUBLE,
        PHANTOM,
        WRONG
    }

    /** More than this many differences are counted, not kept. */
    public static final int KEPT = 20;

    private final List<String> first = new ArrayList<>();
    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    private long rows;
    private int accounts;

    void add(Kind kind, String difference) {
        kinds.merge(kind, 1L, Long::sum);
        if (first.size() < KEPT) {
            first.add(difference);
        }
    }

    void row() {
        rows++;
    }

    void account() {
        accounts++;
    }

    public boolean equal() {
        return kinds.isEmpty();
    }

    public long differences() {
        return kinds.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many differences are of this kind. */
    public long count(Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    /** The first {@value #KEPT} differences. */
    public List<String> first() {
        return List.copyOf(first);
    }

    /** Equal transactions. */
    public long rows() {
        return rows;
    }

    /** Accounts known to both sides. */
    public int accounts() {
        return accounts;
    }

    @Override
    public String toString() {
        return equal()
                ? "equal: " + accounts + " accounts, " + rows + " transactions"
                : differences() + " differences, first: " + first;
    }
}
