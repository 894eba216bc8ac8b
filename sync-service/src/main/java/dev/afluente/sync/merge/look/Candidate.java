package dev.afluente.sync.merge.look;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of the ledger that may be what the provider now shows under another id.
 *
 * @param row the place in the page of the row it may be
 * @param exact whether amount, currency, day and text are the same; otherwise the day differs, and it was pending
 * @param id the ledger's
 * @param providerId the id it is known by
 * @param content a hash of everything the provider says of it
 * @param removedAt when it was removed; null when it is there
 */
public record Candidate(
        int row,
        boolean exact,
        UUID id,
        String providerId,
        Instant date,
        long content,
        boolean ofThisSource,
        Instant removedAt,
        boolean pending) {

    /** Tells whether only the provider can say that it is no longer there under its id. */
    public boolean mustBeAsked() {
        return ofThisSource && removedAt == null;
    }
}
