package dev.afluente.webhooks.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that the service answers for: those of bodies being read, and of notifications that Kafka has not settled.
 * Never more than {@link IntakeConfig#maxInFlight()}. For any thread, never waits.
 */
@Singleton
public class Admission {

    /** What one request costs beside its body: headers, the exchange, the record's own headers. */
    public static final int OVERHEAD_BYTES = 2048;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    @Inject
    Admission(IntakeConfig config) {
        this(config.maxInFlight().asLongValue());
    }

    Admission(long most) {
        this.most = most;
    }

    /** Takes hold of so many bytes, or of none and returns false. */
    public boolean reserve(long bytes) {
        if (held.addAndGet(bytes) <= most) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was reserved; exactly once for each reservation. */
    public void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Bytes held now. */
    public long held() {
        return held.get();
    }
}
