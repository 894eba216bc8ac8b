package dev.afluente.connections.secret;

import java.util.function.Function;

/**
 * What became of one of many: a value, or the reason why there is none.
 *
 * @param value null when it failed
 * @param failure {@link UnopenableException} or {@link SecretsAwayException}; null when it succeeded
 */
public record Attempt<T>(T value, RuntimeException failure) {
    public static <T> Attempt<T> of(T value) {
        return new Attempt<>(value, null);
    }

    public static <T> Attempt<T> failed(RuntimeException failure) {
        return new Attempt<>(null, failure);
    }

    public boolean succeeded() {
        return failure == null;
    }

    /** Returns the value, or throws the failure. */
    public T orThrow() {
        if (failure != null) {
            throw failure;
        }
        return value;
    }

    /** The same with another value; a failure of {@code next} with one of the two exceptions becomes this attempt's. */
    public <R> Attempt<R> then(Function<? super T, ? extends R> next) {
        if (failure != null) {
            return failed(failure);
        }
        try {
            return of(next.apply(value));
        } catch (UnopenableException | SecretsAwayException e) {
            return failed(e);
        }
    }

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return failure == null
                ? "Attempt[succeeded]"
                : "Attempt[" + failure.getClass().getSimpleName() + "]";
    }
}
