package dev.afluente.connections.secret;

/** The keys cannot be reached at the moment: the same call may succeed later. Nothing was sealed or changed. */
public final class SecretsAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason a stable word for logs, e.g. {@code no_answer}; never the text of another exception */
    public SecretsAwayException(String reason) {
        super(reason, null, false, false);
    }
}
