package dev.afluente.sandbox.restart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged simulator as its own process on a free port. */
final class Simulator implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Path log;
    private final String base;

    private Simulator(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.base =
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::address, address -> !address.isEmpty());
    }

    static Simulator start(Path directory, String... settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx128m");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Dquarkus.http.port=0");
        command.add("-Dsandbox.data-dir=" + directory);
        for (String setting : settings) {
            command.add("-D" + setting);
        }
        command.add("-jar");
        command.add(JAR.toAbsolutePath().toString());
        try {
            Path log = Files.createTempFile(directory, "simulator", ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            return new Simulator(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String address() throws IOException {
        Matcher matcher = ADDRESS.matcher(Files.readString(log));
        return matcher.find() ? matcher.group(1) : "";
    }

    String base() {
        return base;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Without any chance to tidy up. */
    void kill() {
        process.destroyForcibly();
        Awaitility.await().until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        kill();
    }
}
