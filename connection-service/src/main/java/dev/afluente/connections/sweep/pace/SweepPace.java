package dev.afluente.connections.sweep.pace;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.schedule.Slots;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * When a connection is due to be looked at again: each has its own place in the interval. With more connections than the
 * provider may be asked about in an interval, those come first of which news is expected, then those that have been due for
 * longest.
 */
@Singleton
public class SweepPace {
    /** The kind of the sweep's tasks. */
    public static final String TASK = "SWEEP";

    private final Duration interval;
    private final Duration grace;

    SweepPace(SweepConfig config) {
        config.validate();
        this.interval = config.interval();
        this.grace = config.grace();
    }

    /** Returns from when on the connection comes before others; null for no such time. */
    public Instant expected(Connection connection, Instant now) {
        return Expected.after(connection.state().nextSyncAt(), grace, now);
    }

    /** Returns the connection's next place after a moment. */
    public Instant next(Connection connection, Instant after) {
        return Slots.next(connection.tenantId(), connection.id(), after, interval);
    }
}
