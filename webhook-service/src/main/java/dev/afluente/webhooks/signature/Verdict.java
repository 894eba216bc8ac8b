package dev.afluente.webhooks.signature;

/**
 * What a layer found. The {@link #key()} goes to the log and the metrics; the sender only ever learns "not genuine", so that a
 * forger cannot tell which wall still stands.
 */
public enum Verdict {
    GENUINE,
    SOURCE_UNREADABLE,
    SOURCE_NOT_ALLOWED,
    HEADER_SECRET_MISSING,
    HEADER_SECRET_REPEATED,
    HEADER_SECRET_MISMATCH,
    SIGNATURE_MISSING,
    SIGNATURE_MALFORMED,
    SIGNATURE_MISMATCH,
    TIMESTAMP_MISSING,
    TIMESTAMP_MALFORMED,
    TIMESTAMP_OUT_OF_TOLERANCE,
    CLIENT_ID_ABSENT,
    CLIENT_ID_MISMATCH;

    private final String key = name().toLowerCase(java.util.Locale.ROOT);

    /** A stable key in snake case, safe for logs and metric labels. */
    public String key() {
        return key;
    }

    public boolean genuine() {
        return this == GENUINE;
    }
}
