package dev.afluente.connections.secret.envelope;

/** The keys are not such as the service may start with; the message is a sentence for the operator, without a secret. */
public final class KeysUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeysUnusableException(String sentence) {
        super(sentence, null, false, false);
    }
}
