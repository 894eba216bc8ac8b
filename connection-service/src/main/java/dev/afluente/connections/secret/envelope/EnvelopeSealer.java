package dev.afluente.connections.secret.envelope;

import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealed;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.secret.UnopenableException;
import dev.afluente.connections.secret.UnopenableException.Reason;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Envelope encryption: the secret under a data key of its own, the data key under a {@link KeyWrapper}'s key, both bound
 * to the scope. Encrypting happens on the caller's thread, microseconds for the sizes allowed.
 */
public final class EnvelopeSealer implements Sealer {
    private static final String CONTENT = "content";

    private final KeyWrapper wrapper;
    private final DataKeys dataKeys;

    /**
     * @param most data keys kept in memory
     * @param age how long each is kept at most
     */
    public EnvelopeSealer(KeyWrapper wrapper, long most, Duration age) {
        this.wrapper = wrapper;
        this.dataKeys = new DataKeys(wrapper, most, age);
    }

    @Override
    public Uni<Sealed> seal(Scope scope, byte[] plain) {
        if (plain.length > MAX_PLAIN) {
            throw new IllegalArgumentException("A secret has at most " + MAX_PLAIN + " bytes");
        }
        return onCallersContext(() -> {
            byte[] dataKey = Aead.random(Aead.KEY);
            String content = encode(Aead.encrypt(dataKey, plain, scope.boundTo(CONTENT)));
            return wrapper.wrap(scope, dataKey)
                    .map(key -> new Sealed(wrapper.source(), key.keyId(), key.wrapped(), content))
                    .onTermination()
                    .invoke(() -> Arrays.fill(dataKey, (byte) 0));
        });
    }

    @Override
    public Uni<List<Attempt<byte[]>>> openAll(List<Locked> locked) {
        return onCallersContext(() -> known(locked, dataKeys::get, (one, dataKey) -> {
            try {
                return Aead.decrypt(
                        dataKey,
                        Base64.getUrlDecoder().decode(one.sealed().content()),
                        one.scope().boundTo(CONTENT));
            } finally {
                Arrays.fill(dataKey, (byte) 0);
            }
        }));
    }

    @Override
    public Uni<List<Attempt<Sealed>>> rewrapAll(List<Locked> locked) {
        return onCallersContext(() -> known(
                locked,
                keys -> wrapper.rewrap(keys)
                        .onFailure(SecretsAwayException.class)
                        .recoverWithItem(failure -> Collections.nCopies(keys.size(), Attempt.failed(failure))),
                (one, key) -> new Sealed(
                        wrapper.source(),
                        key.keyId(),
                        key.wrapped(),
                        one.sealed().content())));
    }

    @Override
    public boolean current(Sealed sealed) {
        return sealed.source() == wrapper.source() && wrapper.current(sealed.keyId());
    }

    /** Asks about the keys of our own source only, all at once, and puts the answers where their questions were. */
    private <K, R> Uni<List<Attempt<R>>> known(
            List<Locked> locked,
            Function<List<WrappedKey.Of>, Uni<List<Attempt<K>>>> ask,
            BiFunction<Locked, K, R> use) {
        List<Integer> places = new ArrayList<>();
        List<WrappedKey.Of> keys = new ArrayList<>();
        List<Attempt<R>> answers = new ArrayList<>(
                Collections.nCopies(locked.size(), Attempt.failed(new UnopenableException(Reason.UNKNOWN_KEY))));
        for (int i = 0; i < locked.size(); i++) {
            if (locked.get(i).sealed().source() == wrapper.source()) {
                places.add(i);
                keys.add(WrappedKey.Of.of(locked.get(i).scope(), locked.get(i).sealed()));
            }
        }
        if (keys.isEmpty()) {
            return Uni.createFrom().item(answers);
        }
        return ask.apply(keys).map(found -> {
            for (int i = 0; i < keys.size(); i++) {
                Locked one = locked.get(places.get(i));
                answers.set(places.get(i), found.get(i).then(key -> use.apply(one, key)));
            }
            return answers;
        });
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A session of the database, for one, belongs to the context it was opened on; Vault answers on another. */
    private static <T> Uni<T> onCallersContext(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            return work.get().emitOn(task -> {
                if (caller == null || caller == Vertx.currentContext()) {
                    task.run();
                } else {
                    caller.runOnContext(ignored -> task.run());
                }
            });
        });
    }
}
