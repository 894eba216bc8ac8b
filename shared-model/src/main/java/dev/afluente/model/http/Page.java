package dev.afluente.model.http;

import java.util.List;
import java.util.function.Function;

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

    /**
     * Returns a page of rows that were read with one more than {@code limit}: the extra row only tells that there is a
     * next page.
     *
     * @param cursor makes the cursor behind the last row shown
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        return rows.size() <= limit
                ? whole(rows)
                : new Page<>(List.copyOf(rows.subList(0, limit)), cursor.apply(rows.get(limit - 1)));
    }

    /** Returns the page with each of its rows turned into another. */
    public <U> Page<U> map(Function<T, U> row) {
        return new Page<>(data.stream().map(row).toList(), nextCursor);
    }

    /** Returns a list that is answered whole. */
    public static <T> Page<T> whole(List<T> data) {
        return new Page<>(data, null);
    }
}
