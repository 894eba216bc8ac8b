package dev.afluente.sync.run;

/** Rows of the ledger by what was done with them. */
public record Tally(long imported, long updated, long removed, long unchanged, long setAside) {
    /** Nothing done. */
    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);

    /** Returns the sum. */
    public Tally plus(Tally other) {
        return new Tally(
                imported + other.imported,
                updated + other.updated,
                removed + other.removed,
                unchanged + other.unchanged,
                setAside + other.setAside);
    }

    /** Returns what is not counted page by page: rows that were the same, and rows set aside. */
    Tally uncounted() {
        return new Tally(0, 0, 0, unchanged, setAside);
    }
}
