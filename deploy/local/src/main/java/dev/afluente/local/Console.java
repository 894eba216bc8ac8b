package dev.afluente.local;

import dev.afluente.local.stack.Progress;
import java.io.PrintStream;
import java.util.Locale;

/** Plain lines with the seconds since the start; readable on a terminal and in a file alike. Thread-safe. */
final class Console implements Progress {
    private final PrintStream out;
    private final long start = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void say(String line) {
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - start) / 1e9, line);
        out.flush();
    }
}
