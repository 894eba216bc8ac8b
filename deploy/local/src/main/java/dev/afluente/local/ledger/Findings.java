package dev.afluente.local.ledger;

import java.util.ArrayList;
import java.util.List;

/** What a comparison found: how much was equal, how many differences, and the first of them in words (API / bank). */
public final class Findings {
    /** More than this many differences are counted, not kept. */
    public static final int KEPT = 20;

    private final List<String> first = new ArrayList<>();
    private long differences;
    private long rows;
    private int accounts;

    void add(String difference) {
        differences++;
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
        return differences == 0;
    }

    public long differences() {
        return differences;
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
                : differences + " differences, first: " + first;
    }
}
