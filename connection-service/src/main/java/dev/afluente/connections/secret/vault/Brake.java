package dev.afluente.connections.secret.vault;

import dev.afluente.connections.secret.SecretsAwayException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps an outage of Vault from becoming a crowd of waiting callers: after {@value #FAILURES} calls in a row without an
 * answer, calls fail at once for {@link #PAUSE}; then one goes through, and its end decides for all. At most
 * {@value #AT_ONCE} calls are under way. Thread-safe.
 */
final class Brake {
    static final Duration PAUSE = Duration.ofSeconds(1);
    static final int AT_ONCE = 64;
    private static final int FAILURES = 3;

    private final LongSupplier nanoTime;
    private int failures;
    private long pausedSince;
    private boolean trying;
    private int underWay;

    Brake(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Runs the call unless Vault is known to be away; only {@link SecretsAwayException} counts as no answer. */
    <T> Uni<T> guard(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            String refusal = enter();
            if (refusal != null) {
                return Uni.createFrom().failure(new SecretsAwayException(refusal));
            }
            return call.get().onTermination().invoke((item, failure, cancelled) -> leave(failure, cancelled));
        });
    }

    /** Vault answered somebody else's question: calls may go through again. */
    synchronized void answered() {
        failures = 0;
    }

    private synchronized String enter() {
        if (failures >= FAILURES) {
            if (trying || nanoTime.getAsLong() - pausedSince < PAUSE.toNanos()) {
                return "paused";
            }
            trying = true;
        } else if (underWay >= AT_ONCE) {
            return "crowded";
        }
        underWay++;
        return null;
    }

    private synchronized void leave(Throwable failure, boolean cancelled) {
        underWay--;
        trying = false;
        if (cancelled) {
            return;
        }
        if (failure instanceof SecretsAwayException) {
            failures++;
            pausedSince = nanoTime.getAsLong();
        } else {
            failures = 0;
        }
    }
}
