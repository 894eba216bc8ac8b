package dev.afluente.sync.feed;

import dev.afluente.sync.transaction.TransactionView;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What has happened to a person's transactions since a cursor, each row in its present state and once. Apply {@code
 * removed}, then put {@code added} and {@code modified} in the place of what has their ids.
 *
 * @param removed ids that were there before; one that the reader never had is to be ignored
 * @param nextCursor where to go on, also when there is nothing new; never null
 * @param hasMore whether there is more at once; a page may be empty and still have more behind it
 */
@Schema(name = "TransactionChanges")
public record ChangesView(
        List<TransactionView> added,
        List<TransactionView> modified,
        List<Removed> removed,
        String nextCursor,
        boolean hasMore) {

    /** A transaction that is no longer there. */
    @Schema(name = "RemovedTransaction")
    public record Removed(UUID id) {}
}
