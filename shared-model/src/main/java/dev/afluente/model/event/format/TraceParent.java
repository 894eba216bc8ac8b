package dev.afluente.model.event.format;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The {@code traceparent} that travels with an event from the door to the row (W3C Trace Context, version 00).
 * A trace id is not a secret, so a plain random source is enough.
 */
public final class TraceParent {
    private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** Returns {@code candidate} when it is a valid header value, otherwise a new sampled root. */
    public static String continued(String candidate) {
        return candidate != null && VALID.matcher(candidate).matches() ? candidate : fresh();
    }

    /** Returns a new sampled root. */
    public static String fresh() {
        byte[] ids = new byte[24];
        ThreadLocalRandom.current().nextBytes(ids);
        // An all-zero id is invalid by the specification.
        ids[0] |= 1;
        ids[16] |= 1;
        HexFormat hex = HexFormat.of();
        return "00-" + hex.formatHex(ids, 0, 16) + "-" + hex.formatHex(ids, 16, 24) + "-01";
    }
}
