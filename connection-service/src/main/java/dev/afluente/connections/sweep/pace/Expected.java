package dev.afluente.connections.sweep.pace;

import java.time.Duration;
import java.time.Instant;

/**
 * When news of a connection is to be expected: providers read banks on a schedule of their own and tell when the next time
 * is. Pure.
 */
public final class Expected {
    /** How soon to look again when what was expected is not there. */
    static final Duration AGAIN = Duration.ofMinutes(5);

    /** How long it is expected; then the provider has let its own time pass and the connection is one among many. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private Expected() {}

    /**
     * Returns from when on to look at a connection before others; null for no such time.
     *
     * @param reading when the provider reads the bank next, as it told when it was last asked; null when it will not
     * @param grace how long the reading and its notification may take
     * @param now when it was asked
     */
    public static Instant after(Instant reading, Duration grace, Instant now) {
        if (reading == null || !now.isBefore(reading.plus(PATIENCE))) {
            return null;
        }
        Instant told = reading.plus(grace);
        return told.isAfter(now) ? told : now.plus(AGAIN);
    }
}
