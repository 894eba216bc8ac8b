package dev.afluente.sync.merge;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Draws its conclusions from a change to the ledger, a sync's or one that an operator took back, in the change's own
 * transaction. Found by CDI, in no order.
 */
public interface MergeListener {
    /**
     * Called after rows changed and before they are committed; never when nothing changed. What it does to rows of
     * {@code transaction} belongs to the same change and takes {@link Changes#number}.
     */
    Uni<Void> merged(SqlConnection connection, String tenant, String user, Changes changes);
}
