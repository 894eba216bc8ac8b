package dev.afluente.connections.secret.vault;

import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.KeySource;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.envelope.KeyWrapper;
import dev.afluente.connections.secret.envelope.KeysUnusableException;
import dev.afluente.connections.secret.envelope.WrappedKey;
import io.quarkus.vault.VaultTransitSecretReactiveEngine;
import io.quarkus.vault.transit.ClearData;
import io.quarkus.vault.transit.DecryptionRequest;
import io.quarkus.vault.transit.RewrappingRequest;
import io.quarkus.vault.transit.TransitContext;
import io.quarkus.vault.transit.VaultTransitKeyDetail;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Wraps with a key that never leaves Vault: transit, with the scope as the context a key is derived from. Every call,
 * repetitions included, ends within the deadline; a lost connection is tried once more, nothing else is. Thread-safe.
 */
public final class VaultKeys implements KeyWrapper {
    private static final String USE = "key";
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,8}");
    private static final Set<String> AUTHENTICATED = Set.of("aes256-gcm96", "chacha20-poly1305");

    private final Supplier<VaultTransitSecretReactiveEngine> engine;
    private final String key;
    private final Duration deadline;
    private final Brake brake = new Brake(System::nanoTime);
    private final AtomicInteger newest = new AtomicInteger(1);

    /**
     * @param engine asked for at the first call: the engine cannot be made without Vault's settings
     * @param key the transit key's name
     */
    public VaultKeys(Supplier<VaultTransitSecretReactiveEngine> engine, String key, Duration deadline) {
        this.engine = engine;
        this.key = key;
        this.deadline = deadline;
    }

    @Override
    public KeySource source() {
        return KeySource.VAULT;
    }

    @Override
    public Uni<WrappedKey> wrap(Scope scope, byte[] dataKey) {
        return bounded(() -> repeatedOnce(() -> engine.get().encrypt(key, new ClearData(dataKey), context(scope))))
                .map(this::read);
    }

    @Override
    public Uni<List<Attempt<byte[]>>> unwrap(List<WrappedKey.Of> keys) {
        List<DecryptionRequest> questions = keys.stream()
                .map(one -> new DecryptionRequest(VaultText.of(one.key()), context(one.scope())))
                .toList();
        return bounded(() -> batch(questions, asked -> engine.get().decrypt(key, asked), VaultKeys::plaintext))
                .map(attempts -> attempts.stream()
                        .map(attempt -> attempt.then(ClearData::getValue))
                        .toList());
    }

    @Override
    public Uni<List<Attempt<WrappedKey>>> rewrap(List<WrappedKey.Of> keys) {
        List<RewrappingRequest> questions = keys.stream()
                .map(one -> new RewrappingRequest(VaultText.of(one.key()), context(one.scope())))
                .toList();
        return bounded(() -> batch(
                        questions, asked -> engine.get().rewrap(key, asked), result -> result.getString("ciphertext")))
                .map(attempts -> attempts.stream()
                        .map(attempt -> attempt.then(this::read))
                        .toList());
    }

    @Override
    public boolean current(String keyId) {
        return VERSION.matcher(keyId).matches() && Integer.parseInt(keyId) >= newest.get();
    }

    /** Asks Vault for the key, and learns which version is the newest. Goes through the brake, and lets it go. */
    @Override
    public Uni<Void> check() {
        return inTime(() -> repeatedOnce(() -> engine.get().readKey(key)))
                .invoke(brake::answered)
                .invoke(this::learn)
                .replaceWithVoid();
    }

    private void learn(Optional<VaultTransitKeyDetail<?>> answer) {
        VaultTransitKeyDetail<?> detail =
                answer.orElseThrow(() -> new KeysUnusableException("Vault holds no transit key named " + key + "."));
        if (!AUTHENTICATED.contains(detail.getType()) || !detail.isDerived()) {
            throw new KeysUnusableException("Vault's transit key " + key
                    + " does not bind what it wraps: create it with type aes256-gcm96 and derived=true.");
        }
        newest.accumulateAndGet(detail.getLatestVersion(), Math::max);
    }

    private WrappedKey read(String text) {
        WrappedKey wrapped = VaultText.read(text);
        newest.accumulateAndGet(Integer.parseInt(wrapped.keyId()), Math::max);
        return wrapped;
    }

    private static ClearData plaintext(JsonObject result) {
        return new ClearData(Base64.getDecoder().decode(result.getString("plaintext")));
    }

    private static TransitContext context(Scope scope) {
        return TransitContext.fromContext(scope.boundTo(USE));
    }

    /** One call however many questions; an item that is refused does not fail the others. */
    private static <Q, A> Uni<List<Attempt<A>>> batch(
            List<Q> questions, Function<List<Q>, Uni<Map<Q, A>>> ask, Function<JsonObject, A> read) {
        return repeatedOnce(() -> ask.apply(questions))
                .map(found -> questions.stream()
                        .map(question -> Attempt.of(found.get(question)))
                        .toList())
                .onFailure()
                .recoverWithUni(failure -> VaultBatch.results(failure, questions, read)
                        .map(results -> Uni.createFrom().item(results))
                        .orElseGet(() -> Uni.createFrom().failure(failure)));
    }

    private static <T> Uni<T> repeatedOnce(Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .deferred(call::get)
                .onFailure(VaultFailures::isLostConnection)
                .retry()
                .atMost(1);
    }

    private <T> Uni<T> bounded(Supplier<Uni<T>> call) {
        return brake.guard(() -> inTime(call));
    }

    /**
     * A login reads a file, so the call runs on a worker and never on an event loop. The time runs from now, and not from when a
     * worker is free.
     */
    private <T> Uni<T> inTime(Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .<T>emitter(emitter -> Uni.createFrom()
                        .deferred(call::get)
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .subscribe()
                        .with(emitter::complete, emitter::fail))
                .ifNoItem()
                .after(deadline)
                .fail()
                .onFailure(failure -> !(failure instanceof KeysUnusableException))
                .transform(VaultFailures::away);
    }
}
