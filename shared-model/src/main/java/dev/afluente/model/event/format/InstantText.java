package dev.afluente.model.event.format;

import java.time.Instant;

/**
 * Writes instants as {@link Instant#toString} does (RFC 3339, UTC, no more digits than needed), and keeps the text of the last
 * second: most events share theirs with the one before, and working out calendar fields anew was a thirtieth of
 * what the door's event loops did. For any thread.
 */
final class InstantText {

    private static volatile Second last = Second.of(0);

    private InstantText() {}

    private record Second(long epochSecond, String text) {
        static Second of(long epochSecond) {
            String text = Instant.ofEpochSecond(epochSecond).toString();
            return new Second(epochSecond, text.substring(0, text.length() - 1));
        }
    }

    static String of(Instant instant) {
        Second second = last;
        if (second.epochSecond() != instant.getEpochSecond()) {
            second = Second.of(instant.getEpochSecond());
            last = second;
        }
        int nanos = instant.getNano();
        if (nanos == 0) {
            return second.text() + 'Z';
        }
        int digits = 9;
        while (nanos % 1_000 == 0) {
            nanos /= 1_000;
            digits -= 3;
        }
        char[] fraction = new char[digits + 2];
        fraction[0] = '.';
        fraction[digits + 1] = 'Z';
        for (int at = digits; at > 0; at--) {
            fraction[at] = (char) ('0' + nanos % 10);
            nanos /= 10;
        }
        return second.text().concat(new String(fraction));
    }
}
