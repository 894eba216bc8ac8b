package dev.afluente.webhooks.health;

import dev.afluente.webhooks.signature.Verdict;
import io.quarkus.logging.Log;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the log why deliveries were refused: at most one line a second for each reason, so that a flood of forgeries does not
 * become a flood of lines. Says nothing of what was sent. For any thread.
 */
final class RefusalLog {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<Verdict, AtomicLong> nextLine = new EnumMap<>(Verdict.class);
    private final Map<Verdict, AtomicLong> untold = new EnumMap<>(Verdict.class);

    RefusalLog() {
        long now = System.nanoTime();
        for (Verdict verdict : Verdict.values()) {
            nextLine.put(verdict, new AtomicLong(now));
            untold.put(verdict, new AtomicLong());
        }
    }

    void refused(Verdict verdict) {
        AtomicLong count = untold.get(verdict);
        count.incrementAndGet();
        AtomicLong next = nextLine.get(verdict);
        long due = next.get();
        long now = System.nanoTime();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
            Log.warnf("webhook: refused reason=%s count=%d", verdict.key(), count.getAndSet(0));
        }
    }
}
