package dev.afluente.connections.http;

import dev.afluente.model.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** The place in a list after its last row, for lists in the order of ids that grow with time (UUIDv7). */
public final class IdCursor {
    private static final int BYTES = 16;
    private static final int CHARS = 22;

    private IdCursor() {}

    /** Returns the cursor behind a row. */
    public static String after(UUID id) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the id of the last row seen; null for the beginning of the list. Fails with {@code invalid_cursor}. */
    public static UUID read(String cursor) {
        if (cursor == null) {
            return null;
        }
        if (cursor.length() != CHARS) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (IllegalArgumentException e) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
    }
}
