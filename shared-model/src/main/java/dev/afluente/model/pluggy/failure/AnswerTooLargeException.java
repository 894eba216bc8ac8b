package dev.afluente.model.pluggy.failure;

/** Pluggy's answer was larger than any real one, and was not read to its end. */
public final class AnswerTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AnswerTooLargeException() {
        super("Pluggy's answer is too large", null, false, false);
    }
}
