package dev.afluente.embedded.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A program in its own JVM that can be started, stopped, killed and started again, and that never outlives this JVM
 * ({@link Guardian}). A leftover of an earlier run that was killed together with its guardian is ended before the new start.
 * Thread-safe; methods block.
 */
public final class JvmProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LAST_WORDS = 4096;

    private final JvmProgram program;
    private final PidFile pidFile;
    private Process process;

    public JvmProcess(JvmProgram program) {
        this.program = program;
        this.pidFile = new PidFile(program.log()
                .resolveSibling(program.log().getFileName().toString().replaceFirst("\\.log$", "") + ".pid"));
    }

    /** Starts the program and returns at once; nothing happens when it is running. */
    public synchronized JvmProcess start() {
        if (alive()) {
            return this;
        }
        try {
            pidFile.leftover().ifPresent(old -> Signals.terminate(old, PATIENCE));
            Files.createDirectories(program.log().toAbsolutePath().getParent());
            process = builder().start();
            Guardian.watch(process.pid(), "TERM");
            pidFile.write(process.toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException(program.name() + " could not be started", e);
        }
        return this;
    }

    private ProcessBuilder builder() {
        // a terminal sends Ctrl-C to every process of the group; whoever started the program stops it, in order
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", program.name()));
        command.addAll(program.commandLine());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(program.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(program.log().toFile()));
        builder.environment().putAll(program.environment());
        return builder;
    }

    /** SIGTERM, then SIGKILL after 15 seconds. Returns true when the program ended by itself. */
    public synchronized boolean stop() {
        if (process == null) {
            return true;
        }
        boolean orderly = Signals.terminate(process.toHandle(), PATIENCE);
        ended();
        return orderly;
    }

    /** SIGKILL: no shutdown hook, no flush. Returns when the process is gone. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            Signals.awaitExit(process.toHandle(), PATIENCE);
            ended();
        }
    }

    /** {@link #stop} and {@link #start} with the same program: same port, same data. */
    public synchronized JvmProcess restart() {
        stop();
        return start();
    }

    private void ended() {
        Guardian.forget(process.pid());
        try {
            pidFile.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    /** Completes with the exit code of the present run; never completes exceptionally. */
    public synchronized CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Returns the end of the log, at most {@value #LAST_WORDS} bytes of it: a log may be gone when somebody asks why. */
    public String lastWords() {
        try (RandomAccessFile log = new RandomAccessFile(program.log().toFile(), "r")) {
            log.seek(Math.max(0, log.length() - LAST_WORDS));
            byte[] end = new byte[(int) Math.min(LAST_WORDS, log.length())];
            log.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }

    public synchronized long pid() {
        return process.pid();
    }

    public JvmProgram program() {
        return program;
    }

    @Override
    public void close() {
        stop();
    }
}
