package dev.afluente.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How much of the machine's processors went to what is not ours: to other processes, and to other machines on the same
 * hardware. Ours are this process and its children that have ended, with theirs; so it is asked when all have. Linux;
 * nothing is known elsewhere.
 */
public final class Others {
    /** Beyond this, figures say little. */
    private static final double MUCH = 0.1;

    private final Moment begin = Moment.now();

    private Others() {}

    /** Counts from now on. */
    public static Others watched() {
        return new Others();
    }

    /** Whether others had more than a tenth of the processors. */
    public boolean tookMuch() {
        return Moment.now().othersSince(begin) > MUCH;
    }

    /** Ticks since the machine's start, over all processors: all that passed, those at rest, ours. */
    record Moment(long all, long idle, long own) {
        private static final int IDLE = 3;
        private static final int WAITING_FOR_DISK = 4;

        /** A guest's time is in its host's already. */
        private static final int KINDS = 8;

        /** From here on stand a process's user and system time and those of its ended children, behind name and state. */
        private static final int OWN = 10;

        private static final int OWNS = 4;

        private static Moment now() {
            try {
                return of(Files.readString(Path.of("/proc/stat")), Files.readString(Path.of("/proc/self/stat")));
            } catch (IOException e) {
                // Elsewhere nobody is accused.
                return new Moment(0, 0, 0);
            }
        }

        /** Reads what Linux says in {@code /proc/stat} and {@code /proc/self/stat}. */
        static Moment of(String machine, String self) {
            long[] kinds = numbers(machine.substring(0, machine.indexOf('\n')).substring("cpu".length()), KINDS);
            long[] process = numbers(self.substring(self.lastIndexOf(')') + ") S".length()), OWN + OWNS);
            return new Moment(
                    Arrays.stream(kinds).sum(),
                    kinds[IDLE] + kinds[WAITING_FOR_DISK],
                    Arrays.stream(process).skip(OWN).sum());
        }

        /** The part of all processors' time since an earlier moment, from 0 to 1. */
        double othersSince(Moment earlier) {
            long busy = (all - idle) - (earlier.all - earlier.idle);
            return (double) (busy - (own - earlier.own)) / Math.max(1, all - earlier.all);
        }

        /** The first ones only: others may be too large for a long. */
        private static long[] numbers(String text, int count) {
            return Arrays.stream(text.trim().split("\\s+"))
                    .limit(count)
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
    }
}
