package dev.afluente.embedded.fault;

import java.time.Duration;

/** What a {@link FaultyLink} does to the bytes that pass. Holds for open connections and new ones alike. */
public sealed interface Fault {

    /** Bytes pass as they come. */
    record None() implements Fault {}

    /** Every piece, in both directions, comes later by {@code delay}. */
    record Latency(Duration delay) implements Fault {}

    /** Open connections are reset (RST) at once, new ones as soon as they say something. */
    record Reset() implements Fault {}

    /** Connections are accepted, and nothing passes until the fault ends; what was sent meanwhile then arrives. */
    record BlackHole() implements Fault {}

    /** The server's answers vanish, and the connection is closed in an orderly way {@code after} the first of them. */
    record SlowClose(Duration after) implements Fault {}

    /** The server's answers pass at {@code bytesPerSecond}. */
    record Trickle(int bytesPerSecond) implements Fault {
        public Trickle {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("At least one byte per second");
            }
        }
    }

    /** The connection is reset after {@code bytes} of the server's answers, counted per connection from its first byte. */
    record CutAfter(long bytes) implements Fault {}
}
