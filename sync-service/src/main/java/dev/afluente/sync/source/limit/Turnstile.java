package dev.afluente.sync.source.limit;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets at most so many calls through within any span of its window and none while it is closed. Who waits is
 * served user by user in turn, so that somebody with many calls delays another by one call, not by all of them. No thread
 * waits; a call that is given up leaves its place. Holds one place per waiting call, of which a run has two at most.
 */
final class Turnstile {
    private static final long MILLI = 1_000_000;

    private final Vertx vertx;
    private final int most;
    private final long window;
    private final LongSupplier nanos;
    private final Deque<Long> passed = new ArrayDeque<>();
    private final Map<String, Deque<Waiter>> waiting = new LinkedHashMap<>();
    private long closedUntil;
    private long timer = -1;

    /** @param most calls within the window; {@link Integer#MAX_VALUE} for any number */
    Turnstile(Vertx vertx, int most, Duration window, LongSupplier nanos) {
        this.vertx = vertx;
        this.most = most;
        this.window = window.toNanos();
        this.nanos = nanos;
        this.closedUntil = nanos.getAsLong();
    }

    private record Waiter(UniEmitter<? super Void> emitter, Context context) {
        void go() {
            if (context == null || context == Vertx.currentContext()) {
                emitter.complete(null);
            } else {
                context.runOnContext(ignored -> emitter.complete(null));
            }
        }
    }

    /** Makes a call when it is this user's turn, on the caller's own context. */
    <T> Uni<T> pass(String user, Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> {
                    Waiter waiter = new Waiter(emitter, Vertx.currentContext());
                    emitter.onTermination(() -> leave(user, waiter));
                    enter(user, waiter);
                })
                .chain(ignored -> call.get());
    }

    /** Lets nobody through for a while: the provider asked for it. */
    synchronized void close(Duration wait) {
        closedUntil = Math.max(closedUntil, nanos.getAsLong() + wait.toNanos());
    }

    synchronized int waiting() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }

    private void enter(String user, Waiter waiter) {
        synchronized (this) {
            waiting.computeIfAbsent(user, key -> new ArrayDeque<>()).add(waiter);
        }
        admit();
    }

    private synchronized void leave(String user, Waiter waiter) {
        Deque<Waiter> queue = waiting.get(user);
        if (queue != null && queue.remove(waiter) && queue.isEmpty()) {
            waiting.remove(user);
        }
    }

    private void admit() {
        List<Waiter> admitted = new ArrayList<>();
        synchronized (this) {
            long now = nanos.getAsLong();
            while (!waiting.isEmpty() && pause(now) <= 0) {
                if (most < Integer.MAX_VALUE) {
                    passed.add(now);
                }
                admitted.add(next());
            }
            if (!waiting.isEmpty() && timer < 0) {
                timer = vertx.setTimer(Math.max(1, (pause(now) + MILLI - 1) / MILLI), fired -> {
                    synchronized (this) {
                        timer = -1;
                    }
                    admit();
                });
            }
        }
        admitted.forEach(Waiter::go);
    }

    /** How long until the next call may pass, in nanoseconds; zero or less when it may now. */
    private long pause(long now) {
        while (!passed.isEmpty() && now - passed.peekFirst() >= window) {
            passed.removeFirst();
        }
        long full = passed.size() < most ? 0 : passed.peekFirst() + window - now;
        return Math.max(full, closedUntil - now);
    }

    /** The first of the user who has waited longest for a turn; that user's next turn comes after everybody else's. */
    private Waiter next() {
        Iterator<Map.Entry<String, Deque<Waiter>>> users = waiting.entrySet().iterator();
        Map.Entry<String, Deque<Waiter>> first = users.next();
        users.remove();
        Waiter waiter = first.getValue().removeFirst();
        if (!first.getValue().isEmpty()) {
            waiting.put(first.getKey(), first.getValue());
        }
        return waiter;
    }
}
