package dev.afluente.sync.merge;

import java.util.List;
import java.util.UUID;

/**
 * What a merge did, by the ledger's ids.
 *
 * @param number the change's place in its owner's feed; meaningless when nothing changed
 */
public record Changes(long number, List<UUID> added, List<UUID> modified, List<UUID> removed) {
    static final Changes NONE = new Changes(0, List.of(), List.of(), List.of());

    /** Tells whether the ledger is as it was. */
    public boolean isEmpty() {
        return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }
}
