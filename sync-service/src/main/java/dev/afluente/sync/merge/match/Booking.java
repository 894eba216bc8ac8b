package dev.afluente.sync.merge.match;

import dev.afluente.sync.source.SourceTransaction;
import java.util.List;
import java.util.UUID;

/**
 * What is to be written of a page, and why.
 *
 * @param corrections rows of the ledger that become what the page says
 * @param additions rows the ledger does not have
 * @param landed keys of rows set aside earlier that can be read now
 */
public record Booking(List<Correction> corrections, List<SourceTransaction> additions, List<String> landed) {
    /**
     * A row of the ledger and what it becomes.
     *
     * @param kind {@code CHANGED}, {@code POSTED}, {@code SAME_AS} or {@code RETURNED}
     * @param reason a stable code
     */
    public record Correction(UUID id, SourceTransaction row, String kind, String reason) {}

    /** Tells whether the ledger has everything as the page says. */
    public boolean isEmpty() {
        return corrections.isEmpty() && additions.isEmpty() && landed.isEmpty();
    }

    /** Rows to write. */
    public int size() {
        return corrections.size() + additions.size();
    }
}
