package dev.afluente.connections.secret.vault;

import io.quarkus.vault.client.auth.VaultAuthRequest;
import io.quarkus.vault.client.auth.VaultToken;
import io.quarkus.vault.client.auth.VaultTokenProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One login, or one renewal, at a time: callers at the same moment wait for the same. A token that was refused is
 * forgotten once and not once per caller it was refused to. Thread-safe.
 */
public final class OneLogin implements VaultTokenProvider {
    /** Refusals that come so soon after a login are of calls that began before it. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(1);

    private final VaultTokenProvider caching;
    private CompletableFuture<VaultToken> underWay;
    private long loggedIn;
    private boolean ever;

    /** @param caching keeps the token and knows when it must be renewed */
    public OneLogin(VaultTokenProvider caching) {
        this.caching = caching;
    }

    @Override
    public synchronized CompletionStage<VaultToken> apply(VaultAuthRequest request) {
        if (underWay == null || underWay.isDone()) {
            underWay = caching.apply(request).thenApply(this::remember).toCompletableFuture();
        }
        // a copy: a caller that gives up must not end the login of the others
        return underWay.copy();
    }

    private synchronized VaultToken remember(VaultToken token) {
        if (token != null && !token.isFromCache()) {
            loggedIn = System.nanoTime();
            ever = true;
        }
        return token;
    }

    @Override
    public synchronized void invalidateCache() {
        if (!ever || System.nanoTime() - loggedIn > STRAGGLERS.toNanos()) {
            caching.invalidateCache();
        }
    }
}
