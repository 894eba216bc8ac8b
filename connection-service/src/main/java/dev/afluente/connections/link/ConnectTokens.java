package dev.afluente.connections.link;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.afluente.connections.provider.LinkInvitation;
import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Keeps each invitation for {@link #KEPT}, so that a person who opens and closes the widget does not cost the provider
 * a call each time; five minutes of its life are always left. Callers at the same moment share one question; a failure
 * is not kept. Holds {@value #MOST} at most; they live in memory only, because they are secrets. Answers on the
 * caller's own context.
 */
@Singleton
class ConnectTokens {
    static final Duration KEPT = Duration.ofMinutes(25);
    private static final long MOST = 10_000;

    private final AsyncCache<Key, LinkInvitation> kept;

    @Inject
    ConnectTokens(Clock clock) {
        this.kept = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .buildAsync();
    }

    /** @param linkId null for a new link */
    record Key(Caller owner, String provider, String linkId) {}

    /** Returns the invitation that is kept, or asks for one. */
    Uni<LinkInvitation> get(Key key, Function<Key, Uni<LinkInvitation>> source) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            CompletableFuture<LinkInvitation> shared =
                    kept.get(key, (missing, executor) -> source.apply(missing).subscribeAsCompletionStage());
            // A copy: a caller that goes away must not cancel the question of the others.
            return Uni.createFrom().completionStage(shared.copy()).emitOn(task -> resume(caller, task));
        });
    }

    private static void resume(Context caller, Runnable task) {
        if (caller == null || caller == Vertx.currentContext()) {
            task.run();
        } else {
            caller.runOnContext(ignored -> task.run());
        }
    }
}
