package dev.afluente.webhooks.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings what was settled elsewhere back to its event loop. Kafka settles many records at once: the loop is called for the first
 * of them and finds the others when it comes, because a call for each cost more than its answer's text. For any thread, never
 * waits; holds no more than is in flight.
 */
final class Handover {

    private final Executor loop;
    private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();

    /** @param loop runs what it is given later, and on the event loop */
    Handover(Executor loop) {
        this.loop = loop;
    }

    /** What is to go on with on its event loop. */
    interface Settled {
        /** Called once, on the event loop. Must not throw. */
        void goOn();
    }

    void bring(Settled one) {
        settled.add(one);
        if (!called.get() && called.compareAndSet(false, true)) {
            loop.execute(this::all);
        }
    }

    private void all() {
        // First: what is brought from here on calls again, and is not left lying when it comes too late for this round.
        called.set(false);
        for (Settled one = settled.poll(); one != null; one = settled.poll()) {
            one.goOn();
        }
    }
}
