package dev.afluente.connections.provider;

/** Carries a {@link ProviderFailure} through a pipeline. Has no stack trace: it is an answer, not an accident. */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProviderFailure failure;

    public ProviderException(ProviderFailure failure) {
        super(failure.getClass().getSimpleName(), null, false, false);
        this.failure = failure;
    }

    /** What went wrong, in words every feature understands. */
    public ProviderFailure failure() {
        return failure;
    }
}
