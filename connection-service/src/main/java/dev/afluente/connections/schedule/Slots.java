package dev.afluente.connections.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A connection's own place in every interval, so that the connections of a service are spread evenly over it and stay
 * where they are, however late a reading was. Pure.
 */
public final class Slots {
    private Slots() {}

    /** Returns the connection's first slot after a moment; always less than an interval away or exactly one. */
    public static Instant next(String tenant, UUID connection, Instant after, Duration interval) {
        long length = interval.toMillis();
        long place = Math.floorMod(spread(31L * tenant.hashCode() + connection.hashCode()), length);
        long behind = Math.floorMod(after.toEpochMilli() - place, length);
        return Instant.ofEpochMilli(after.toEpochMilli() - behind + length);
    }

    /** The finalizer of SplitMix64: ids that were made one after the other land far apart. */
    private static long spread(long seed) {
        long mixed = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
