package dev.afluente.webhooks.signature.hmac;

/** Keyed hashes of RFC 2104 that a delivery can be signed with. */
public enum Algorithm {
    HMAC_SHA256("HmacSHA256", "sha256=", 32),
    HMAC_SHA512("HmacSHA512", "sha512=", 64);

    private final String standardName;
    private final String usualPrefix;
    private final int digestBytes;

    Algorithm(String standardName, String usualPrefix, int digestBytes) {
        this.standardName = standardName;
        this.usualPrefix = usualPrefix;
        this.digestBytes = digestBytes;
    }

    /** The name that {@link javax.crypto.Mac} knows. */
    public String standardName() {
        return standardName;
    }

    public String usualPrefix() {
        return usualPrefix;
    }

    public int digestBytes() {
        return digestBytes;
    }
}
