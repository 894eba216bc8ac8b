package dev.afluente.sync.merge.look;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What of a page the ledger does not have, or not so. Rows of the page are named by their place in it; those that are
 * the same are not mentioned.
 *
 * @param landed keys of rows set aside earlier that can be read now
 */
public record Look(
        List<Differing> differing, List<Stranger> strangers, List<Candidate> candidates, List<String> landed) {
    /** A row the ledger knows by its id, and knows otherwise. */
    public record Differing(int row, UUID id, boolean removed, boolean pending, boolean ofThisSource) {}

    /** A row whose id the ledger does not know. */
    public record Stranger(int row, Instant date, long content) {}
}
