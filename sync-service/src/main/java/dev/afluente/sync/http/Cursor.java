package dev.afluente.sync.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.model.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Where a page ended: the place of its last row in the list's order. Opaque to clients, and bound to the filters it was
 * made with: shown to another list it is refused rather than answered wrongly. It holds nothing its owner has not seen.
 *
 * @param at the row's place in time; {@link Instant#EPOCH} in lists that are ordered by id alone
 */
public record Cursor(Instant at, UUID id) {
    private static final int MAX_LENGTH = 200;

    /** Returns the place of a row in a list that is ordered by id alone. */
    public static Cursor ofId(UUID id) {
        return new Cursor(Instant.EPOCH, id);
    }

    /** Returns the text a client sends back. */
    public String encode(String filters) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        String plain = micros + " " + id + " " + checksum(filters);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    /**
     * Reads a cursor; null when there is none. Refuses with {@code invalid_cursor} what {@link #encode} did not make for
     * these filters.
     */
    public static Cursor decode(String text, String filters) {
        if (text == null) {
            return null;
        }
        if (text.length() > MAX_LENGTH) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", -1);
            if (parts.length == 3 && parts[2].equals(checksum(filters))) {
                Instant at = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
                return new Cursor(at, UUID.fromString(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // Refused below, like one made for other filters.
        }
        throw ProblemCode.INVALID_CURSOR.problem();
    }

    private static String checksum(String filters) {
        CRC32 crc = new CRC32();
        crc.update(filters.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
