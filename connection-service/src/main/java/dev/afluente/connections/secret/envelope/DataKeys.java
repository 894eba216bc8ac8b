package dev.afluente.connections.secret.envelope;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.SecretsAwayException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Data keys that were unwrapped a moment ago, so that pages read again and again do not cost a call to Vault each.
 * Bounded in number and age, erased {@link #GRACE} after they leave, found only under the scope they were unwrapped for. Callers at the
 * same moment share one unwrapping; a failure is not kept.
 */
final class DataKeys {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final KeyWrapper wrapper;
    private final AsyncCache<WrappedKey.Of, Attempt<DataKey>> kept;

    DataKeys(KeyWrapper wrapper, long most, Duration age) {
        this.wrapper = wrapper;
        this.kept = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(age)
                .executor(Runnable::run)
                // without it an old key stays until the next call
                .scheduler(Scheduler.systemScheduler())
                .removalListener((WrappedKey.Of of, Attempt<DataKey> key, RemovalCause cause) -> erase(key))
                .buildAsync();
    }

    /** As {@link KeyWrapper#unwrap}, but never fails as a whole: what is kept is there even when the wrapper is away. */
    Uni<List<Attempt<byte[]>>> get(List<WrappedKey.Of> keys) {
        return get(keys, true);
    }

    private Uni<List<Attempt<byte[]>>> get(List<WrappedKey.Of> keys, boolean again) {
        return Uni.createFrom()
                // the future is the caller's own: one who goes away does not cancel what others wait for
                .completionStage(() -> kept.getAll(keys, (missing, executor) -> unwrap(missing)))
                .onFailure()
                .recoverWithItem(failure -> remaining(keys, failure))
                .flatMap(found -> {
                    boolean erased = found.values().stream()
                            .anyMatch(key -> key.succeeded() && key.value().isErased());
                    // found so long ago that it was erased: no longer kept, so asked for anew
                    return erased && again
                            ? get(keys, false)
                            : Uni.createFrom()
                                    .item(keys.stream()
                                            .map(key -> copy(found.get(key)))
                                            .toList());
                });
    }

    private static Attempt<byte[]> copy(Attempt<DataKey> key) {
        return key == null
                ? Attempt.failed(new SecretsAwayException("not_unwrapped"))
                : key.then(held -> held.copy().orElseThrow(() -> new SecretsAwayException("not_unwrapped")));
    }

    private CompletableFuture<Map<WrappedKey.Of, Attempt<DataKey>>> unwrap(Set<? extends WrappedKey.Of> missing) {
        List<WrappedKey.Of> asked = List.copyOf(missing);
        return wrapper.unwrap(asked)
                .map(attempts -> {
                    Map<WrappedKey.Of, Attempt<DataKey>> keys = new HashMap<>();
                    for (int i = 0; i < asked.size(); i++) {
                        keys.put(asked.get(i), attempts.get(i).then(DataKey::new));
                    }
                    return keys;
                })
                .subscribeAsCompletionStage()
                .whenComplete((keys, failure) -> {
                    if (keys != null) {
                        keys.forEach((of, key) -> forgetFailure(of, key));
                    }
                });
    }

    private void forgetFailure(WrappedKey.Of of, Attempt<DataKey> key) {
        if (!key.succeeded()) {
            kept.synchronous().invalidate(of);
        }
    }

    private Map<WrappedKey.Of, Attempt<DataKey>> remaining(List<WrappedKey.Of> keys, Throwable failure) {
        SecretsAwayException away = away(failure);
        Map<WrappedKey.Of, Attempt<DataKey>> found = new HashMap<>();
        for (WrappedKey.Of key : keys) {
            Attempt<DataKey> there = kept.synchronous().getIfPresent(key);
            found.put(key, there == null ? Attempt.failed(away) : there);
        }
        return found;
    }

    private static SecretsAwayException away(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof SecretsAwayException away ? away : new SecretsAwayException("not_unwrapped");
    }

    /** A full cache may let go of a key the moment it arrives: whoever waited for it has time to take a copy. */
    private static void erase(Attempt<DataKey> key) {
        if (key != null && key.succeeded()) {
            CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(key.value()::erase);
        }
    }
}
