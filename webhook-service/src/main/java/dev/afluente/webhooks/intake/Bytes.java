package dev.afluente.webhooks.intake;

import dev.afluente.webhooks.intake.Content.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What can be said of a body before it is parsed. */
final class Bytes {

    private Bytes() {}

    /**
     * RFC 8259 wants UTF-8 without a byte order mark. The parser would guess UTF-16 and pass over a mark, and a consumer in
     * another language would not: a body that two readers can read differently is not passed on.
     *
     * @return why the bytes are no text we pass on, or null when they are
     */
    static Reason unreadable(byte[] body) {
        if (body.length == 0) {
            return Reason.EMPTY;
        }
        if (body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            return Reason.BYTE_ORDER_MARK;
        }
        for (int i = 0; i < body.length; i++) {
            if (body[i] == 0) {
                // JSON has no place for it, and it is what UTF-16 and UTF-32 look like.
                return Reason.NOT_UTF8;
            }
            if (body[i] < 0) {
                return utf8From(body, i) ? null : Reason.NOT_UTF8;
            }
        }
        return null;
    }

    /** A name for these very bytes: {@code sha256:} and 64 hex digits. */
    static String hash(byte[] body) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean utf8From(byte[] body, int start) {
        // Reports malformed input unless told otherwise: overlong forms, surrogates and all.
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body, start, body.length - start);
        CharBuffer out = CharBuffer.allocate(Math.min(in.remaining(), 1024));
        while (true) {
            var result = decoder.decode(in, out, true);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            out.clear();
        }
    }
}
