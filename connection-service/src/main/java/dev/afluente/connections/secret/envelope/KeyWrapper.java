package dev.afluente.connections.secret.envelope;

import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.KeySource;
import dev.afluente.connections.secret.Scope;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * The keys that wrap data keys, wherever they are. Bound to a scope: what was wrapped under one is not unwrapped under
 * another. Thread-safe, never blocks, bounds its own calls in time. Answers on any thread.
 */
public interface KeyWrapper {

    KeySource source();

    /** Wraps under the newest key; fails with {@code SecretsAwayException}. The array stays the caller's. */
    Uni<WrappedKey> wrap(Scope scope, byte[] dataKey);

    /**
     * As many answers as questions, in their order. One key that cannot be unwrapped does not fail the others; fails as a
     * whole with {@code SecretsAwayException} only. The arrays are the caller's to erase.
     */
    Uni<List<Attempt<byte[]>>> unwrap(List<WrappedKey.Of> keys);

    /** The same data keys under the newest key; answers and failures as {@link #unwrap}. */
    Uni<List<Attempt<WrappedKey>>> rewrap(List<WrappedKey.Of> keys);

    /** Whether a key of this id is the newest, as far as is known. */
    boolean current(String keyId);

    /** Succeeds when the keys can be used now; fails with a {@link KeysUnusableException} or {@code SecretsAwayException}. */
    Uni<Void> check();
}
