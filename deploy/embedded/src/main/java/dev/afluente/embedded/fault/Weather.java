package dev.afluente.embedded.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The fault that holds at the moment, and waiting that ends early when it changes. Thread-safe. */
final class Weather {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Fault fault = new Fault.None();

    Fault now() {
        lock.lock();
        try {
            return fault;
        } finally {
            lock.unlock();
        }
    }

    void become(Fault next) {
        lock.lock();
        try {
            fault = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits as long as {@code during} holds, at most {@code most}; true when it held to the end. */
    boolean outlasts(Fault during, Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (fault.equals(during) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return fault.equals(during);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code during} no longer holds, or a test has long ended. */
    void awaitEnd(Fault during) throws InterruptedException {
        outlasts(during, Duration.ofNanos(TimeUnit.HOURS.toNanos(1)));
    }
}
