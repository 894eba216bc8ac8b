package dev.afluente.webhooks.http;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * The exchanges of one event loop that are not answered yet, oldest first, and one timer for the oldest of them. All have the
 * same time, so that the order in which they began is the order in which they end; a timer for each would be set and cancelled
 * with every request and hardly ever come due. One that was answered leaves the list at once, wherever it stands: the list holds
 * no more than is in flight. Not for concurrent use: lives on the event loop.
 */
final class Deadlines {

    private final Vertx vertx;
    private final long allowed;
    private Entry oldest;
    private Entry youngest;
    private boolean timed;

    /** @param allowedMillis from an entry's start until it is late, at least 1 */
    Deadlines(Vertx vertx, long allowedMillis) {
        this.vertx = vertx;
        this.allowed = TimeUnit.MILLISECONDS.toNanos(allowedMillis);
    }

    /** What may become late. */
    abstract static class Entry {
        /** As {@link System#nanoTime()} counts. */
        final long started = System.nanoTime();

        private Entry older;
        private Entry younger;
        private boolean waiting;

        /** Time is up; told once, on the event loop, and never after {@link Deadlines#left}. Must not throw. */
        abstract void late();
    }

    /** Takes an entry in, at most once. Entries come in the order in which they started. */
    void join(Entry entry) {
        entry.waiting = true;
        entry.older = youngest;
        if (youngest == null) {
            oldest = entry;
        } else {
            youngest.younger = entry;
        }
        youngest = entry;
        if (!timed) {
            time(entry);
        }
    }

    /** The entry is late no more, whether or not it still waits. */
    void left(Entry entry) {
        if (!entry.waiting) {
            return;
        }
        entry.waiting = false;
        if (entry.older == null) {
            oldest = entry.younger;
        } else {
            entry.older.younger = entry.younger;
        }
        if (entry.younger == null) {
            youngest = entry.older;
        } else {
            entry.younger.older = entry.older;
        }
        // Or one that is kept for long would keep all that came after it.
        entry.older = null;
        entry.younger = null;
    }

    private void time(Entry entry) {
        timed = true;
        long left = entry.started + allowed - System.nanoTime();
        // Rounded up: a timer that is early finds nobody late.
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) + 1), due -> check());
    }

    private void check() {
        timed = false;
        while (oldest != null && oldest.started + allowed - System.nanoTime() <= 0) {
            Entry late = oldest;
            left(late);
            late.late();
        }
        if (oldest != null && !timed) {
            time(oldest);
        }
    }
}
