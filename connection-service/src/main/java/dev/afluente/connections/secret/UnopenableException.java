package dev.afluente.connections.secret;

/**
 * A sealed secret that will not open however often it is tried. The message is the same for every reason, and holds
 * nothing of the secret; callers that must tell reasons apart ask {@link #reason}.
 */
public final class UnopenableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** For operators: a client is told none of it. */
    public enum Reason {
        /** The text is not a sealed secret, or of a format this version does not know. */
        MALFORMED,
        /** Its key is not, or no longer, among ours. */
        UNKNOWN_KEY,
        /** It was sealed under another scope, or changed since. */
        NOT_AUTHENTIC
    }

    public UnopenableException(Reason reason) {
        super("The secret cannot be opened", null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
