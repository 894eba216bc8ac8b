package dev.afluente.embedded.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Signals that {@link ProcessHandle} has no method for, and waiting for a process that is not this JVM's child. Blocking. */
public final class Signals {
    private Signals() {}

    /** Sends a POSIX signal by name, without {@code SIG}. A process that has just ended is no error. */
    public static void send(ProcessHandle process, String signal) throws IOException {
        // the shell's own kill: minimal images have no /bin/kill
        Process kill = new ProcessBuilder(
                        "sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(process.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            kill.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process has ended within {@code patience}; false at once when the thread is interrupted. */
    public static boolean awaitExit(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** SIGTERM, and SIGKILL when the process outlives {@code patience}. Returns true when it went by itself. */
    public static boolean terminate(ProcessHandle process, Duration patience) {
        process.destroy();
        if (awaitExit(process, patience)) {
            return true;
        }
        process.destroyForcibly();
        awaitExit(process, patience);
        return false;
    }
}
