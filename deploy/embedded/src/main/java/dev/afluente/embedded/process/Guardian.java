package dev.afluente.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Ends this JVM's children when the JVM ends, however it ends: also after {@code kill -9}, when no shutdown hook runs.
 *
 * <p>One shell per JVM reads the process ids to watch from a pipe. The kernel closes the pipe with the JVM; the shell then
 * signals every id it still holds, waits at most ten seconds and kills the rest. It ignores the terminal's signals, so that
 * Ctrl-C reaches the JVM first and the children can be stopped in order. Thread-safe.
 */
public final class Guardian {
    private static final String SCRIPT = """
            trap '' INT HUP TERM
            watched=
            without() { kept=; for entry in $watched; do [ "${entry#*:}" = "$1" ] || kept="$kept $entry"; done; watched=$kept; }
            while read -r verb pid signal; do
              without "$pid"
              [ "$verb" = watch ] && watched="$watched $signal:$pid"
            done
            for entry in $watched; do kill -s "${entry%%:*}" "${entry#*:}" 2>/dev/null; done
            turns=0
            while [ $turns -lt 50 ]; do
              alive=
              for entry in $watched; do kill -0 "${entry#*:}" 2>/dev/null && alive=yes; done
              [ -n "$alive" ] || exit 0
              turns=$((turns + 1))
              sleep 0.2
            done
            for entry in $watched; do kill -s KILL "${entry#*:}" 2>/dev/null; done
            """;

    private static Guardian instance;

    private final Writer pipe;

    private Guardian() throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", SCRIPT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        pipe = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    /**
     * From now on the process receives {@code signal} when this JVM is gone.
     *
     * @param signal a POSIX signal name without {@code SIG}: {@code TERM} for a JVM, {@code INT} for PostgreSQL's fast shutdown
     */
    public static synchronized void watch(long pid, String signal) {
        tell("watch " + pid + " " + signal + "\n");
    }

    /** The process has ended; its id may soon belong to somebody else. */
    public static synchronized void forget(long pid) {
        tell("forget " + pid + "\n");
    }

    private static void tell(String line) {
        try {
            if (instance == null) {
                instance = new Guardian();
            }
            instance.pipe.write(line);
            instance.pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The guardian of the child processes is gone", e);
        }
    }
}
