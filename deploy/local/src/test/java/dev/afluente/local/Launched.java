package dev.afluente.local;

import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The launcher as people run it: its jar in a process, what it printed, and every process that belongs to its data directory. */
final class Launched implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;
    private final Path data;

    private Launched(Process process, Path output, Path data) {
        this.process = process;
        this.output = output;
        this.data = data;
    }

    static Launched start(Path data, String... options) throws IOException {
        Path root = Repository.root();
        List<String> command = new ArrayList<>(List.of(
                JvmProgram.ownJava().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dafluente.root=" + root,
                "-jar",
                root.resolve("deploy/local/target/deploy-local-0.1.0.jar").toString(),
                "--data",
                data.toString()));
        command.addAll(List.of(options));
        Path output = Files.createTempFile(data.toAbsolutePath().getParent(), "launcher", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Launched(process, output, data);
    }

    /** Waits for the end. */
    int exitCode() throws Exception {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        return process.exitValue();
    }

    /** Waits until a line contains the text. */
    Launched prints(String text) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            if (!process.isAlive() && !output().contains(text)) {
                throw new AssertionError("ended without saying \"" + text + "\":\n" + output());
            }
            return output().contains(text);
        });
        return this;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Everything that runs for this launcher: its descendants, and whoever names the data directory in a command line. */
    List<ProcessHandle> family() {
        Stream<ProcessHandle> named = ProcessHandle.allProcesses().filter(this::namesTheData);
        return Stream.concat(process.descendants(), named)
                .filter(each -> each.pid() != process.pid())
                .distinct()
                .toList();
    }

    private boolean namesTheData(ProcessHandle each) {
        Optional<String[]> arguments = each.info().arguments();
        return arguments.isPresent() && String.join(" ", arguments.get()).contains(data.toString());
    }

    static void awaitGone(List<ProcessHandle> processes, Duration patience) {
        Awaitility.await().atMost(patience).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
