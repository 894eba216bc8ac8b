package dev.afluente.sync.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * How far a reader has come in a person's feed. Opaque to clients and bound to the person: another's numbers mean
 * something else. It holds nothing its owner has not seen.
 *
 * @param floor the number up to which the reader once had everything; 0 before the first time
 * @param seq the number of the last row read
 * @param id that row
 */
record FeedPosition(long floor, long seq, UUID id) {
    private static final int MAX_LENGTH = 200;

    /** Before the first change. */
    static final FeedPosition START = new FeedPosition(0, 0, new UUID(0, 0));

    /** Returns the place behind a row, in the same round of reading. */
    FeedPosition after(long number, UUID row) {
        return new FeedPosition(floor, number, row);
    }

    /** Returns this place as one at which the reader has everything. */
    FeedPosition complete() {
        return new FeedPosition(seq, seq, id);
    }

    String encode(Caller caller) {
        String plain = floor + " " + seq + " " + id + " " + checksum(caller);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    /** Reads a cursor; null is the start. Refuses with {@code invalid_cursor} what this person's feed did not give out. */
    static FeedPosition decode(String text, Caller caller) {
        if (text == null) {
            return START;
        }
        try {
            String[] parts =
                    text.length() > MAX_LENGTH ? new String[0] : plain(text).split(" ", -1);
            if (parts.length == 4 && parts[3].equals(checksum(caller))) {
                FeedPosition read =
                        new FeedPosition(Long.parseLong(parts[0]), Long.parseLong(parts[1]), UUID.fromString(parts[2]));
                if (read.floor >= 0
                        && read.floor <= read.seq
                        && read.encode(caller).equals(text)) {
                    return read;
                }
            }
        } catch (IllegalArgumentException e) {
            // Refused below, like one of another person.
        }
        throw ProblemCode.INVALID_CURSOR.problem();
    }

    private static String plain(String text) {
        return new String(Base64.getUrlDecoder().decode(text), UTF_8);
    }

    private static String checksum(Caller caller) {
        CRC32 crc = new CRC32();
        crc.update((caller.tenant() + "/" + caller.user()).getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
