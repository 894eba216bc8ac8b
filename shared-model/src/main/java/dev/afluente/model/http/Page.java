package dev.afluente.model.http;

import java.util.List;

/**
 * A page of a list as every service answers it.
 *
 * @param data at most {@code limit} rows
 * @param nextCursor opaque; null on the last page
 */
public record Page<T>(List<T> data, String nextCursor) {
    /** Rows when a client does not say how many. */
    public static final int DEFAULT_LIMIT = 50;

    /** Rows at most, whatever a client asks for. */
    public static final int MAX_LIMIT = 500;

    /** Returns a list that is answered whole. */
    public static <T> Page<T> whole(List<T> data) {
        return new Page<>(data, null);
    }
}
