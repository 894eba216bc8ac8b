package dev.afluente.connections.secret.rotation;

import dev.afluente.connections.secret.Scope;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Rows that hold a sealed secret each, as {@link Rewrapping} walks them. Every call is a transaction of its own. */
public interface SealedRows {

    /**
     * One secret in one row.
     *
     * @param position where the row stands in an order that never changes, e.g. its key
     */
    record Row(String position, Scope scope, String text) {
        /** Without the text. */
        @Override
        public String toString() {
            return "Row[" + position + "]";
        }
    }

    /**
     * Rows in the order of their positions.
     *
     * @param position only rows behind it; null to begin
     * @param most at most so many; fewer mean that there are no more
     */
    Uni<List<Row>> after(String position, int most);

    /**
     * Stores the new text only if the row still holds the one it was read with: a secret that was sealed anew meanwhile
     * stays.
     */
    Uni<Boolean> replace(Row row, String text);
}
