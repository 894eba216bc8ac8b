package dev.afluente.connections.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Turns secrets into text that is safe to store, and back. The only way a connection's secret gets into the database.
 *
 * <p>Nothing blocks; answers come on the caller's own Vert.x context and within {@code afluente.secrets.vault.deadline}.
 * Must not be called inside a transaction: it may ask Vault. Failures are {@link SecretsAwayException} (come again) and
 * {@link UnopenableException} (never will); neither holds anything of a secret.
 */
public interface Sealer {
    /** Bytes of the longest secret; more is an {@link IllegalArgumentException}. */
    int MAX_PLAIN = 64 * 1024;

    /** A sealed secret and the scope it belongs to. */
    record Locked(Scope scope, Sealed sealed) {
        /** @throws UnopenableException when the text is not a sealed secret */
        public static Locked of(Scope scope, String text) {
            return new Locked(scope, Sealed.parse(text));
        }
    }

    /** What a row holds: the text of a sealed secret, or whatever else stands there, and the scope it should have. */
    record Stored(Scope scope, String text) {
        /** Without the text. */
        @Override
        public String toString() {
            return "Stored[" + scope + "]";
        }
    }

    /** Seals under the newest key; every call has its own data key and nonce. The array is the caller's to erase. */
    Uni<Sealed> seal(Scope scope, byte[] plain);

    /** Opens many with at most one call to Vault. As many answers as questions, in their order; never fails as a whole. */
    Uni<List<Attempt<byte[]>>> openAll(List<Locked> locked);

    /** Wraps the data keys anew under the newest key; contents stay as they are. Answers as {@link #openAll} does. */
    Uni<List<Attempt<Sealed>>> rewrapAll(List<Locked> locked);

    /** Whether the secret is under the newest key, as far as is known: Vault is asked every few seconds, not now. */
    boolean current(Sealed sealed);

    /** Opens one. The array is the caller's to erase. */
    default Uni<byte[]> open(Scope scope, Sealed sealed) {
        return openAll(List.of(new Locked(scope, sealed)))
                .map(attempts -> attempts.get(0).orThrow());
    }

    /** Wraps the data key of one anew. */
    default Uni<Sealed> rewrap(Scope scope, Sealed sealed) {
        return rewrapAll(List.of(new Locked(scope, sealed)))
                .map(attempts -> attempts.get(0).orThrow());
    }

    /** Seals a string; returns the text for the column. */
    default Uni<String> sealText(Scope scope, String plain) {
        return Uni.createFrom().deferred(() -> {
            byte[] bytes = plain.getBytes(UTF_8);
            return seal(scope, bytes).map(Sealed::text).eventually(() -> Arrays.fill(bytes, (byte) 0));
        });
    }

    /** Opens what {@link #sealText} returned. */
    default Uni<String> openText(Scope scope, String sealed) {
        return Uni.createFrom().deferred(() -> open(scope, Sealed.parse(sealed)).map(Sealer::text));
    }

    /** Opens many strings with at most one call to Vault; answers as {@link #openAll} does, for texts that are none too. */
    default Uni<List<Attempt<String>>> openTexts(List<Stored> stored) {
        List<Attempt<Locked>> read = stored.stream()
                .map(row -> Attempt.of(row).then(one -> Locked.of(one.scope(), one.text())))
                .toList();
        List<Locked> readable =
                read.stream().filter(Attempt::succeeded).map(Attempt::value).toList();
        return openAll(readable).map(opened -> {
            Iterator<Attempt<byte[]>> next = opened.iterator();
            return read.stream()
                    .map(row ->
                            row.succeeded() ? next.next().then(Sealer::text) : Attempt.<String>failed(row.failure()))
                    .toList();
        });
    }

    private static String text(byte[] plain) {
        String text = new String(plain, UTF_8);
        Arrays.fill(plain, (byte) 0);
        return text;
    }
}
