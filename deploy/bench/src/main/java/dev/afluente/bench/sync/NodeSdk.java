package dev.afluente.bench.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.bench.report.Sample;
import dev.afluente.embedded.process.Repository;
import dev.afluente.local.http.JsonHttp;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Pluggy's official Node SDK, installed from npm under this module's target folder, reading the same simulator. Blocking. */
final class NodeSdk {
    private static final long MINUTES = 30;

    private final Path sources = Repository.root().resolve("deploy/bench/src/main/node");
    private final Path work = Repository.root().resolve("deploy/bench/target/node");

    /** How long it took to read everything, in seconds. */
    record Read(int rows, Sample seconds) {}

    /** Returns nothing, and says why on standard error, when there is no Node.js or the SDK cannot be installed. */
    Optional<Read> read(String url, String item, int repeats) {
        try {
            if (!onPath("node") || !onPath("npm")) {
                System.err.println("node and npm are not on the path: the SDK is not measured");
                return Optional.empty();
            }
            Files.createDirectories(work);
            for (String file : List.of("package.json", "package-lock.json", "read.js")) {
                Files.copy(sources.resolve(file), work.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(work.resolve("node_modules/pluggy-sdk"))) {
                run(url, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            }
            JsonNode answer = JsonHttp.JSON.readTree(run(url, "node", "read.js", item, Integer.toString(repeats)));
            List<Double> seconds = new ArrayList<>();
            answer.path("seconds").forEach(each -> seconds.add(each.asDouble()));
            return Optional.of(new Read(answer.path("rows").asInt(), new Sample(seconds)));
        } catch (IOException e) {
            System.err.println("The SDK is not measured: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private String run(String url, String... command) throws IOException {
        Path output = work.resolve(command[0] + ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(output.toFile())
                .redirectError(work.resolve(command[0] + ".err").toFile());
        builder.environment().put("PLUGGY_API_URL", url);
        Process process = builder.start();
        try {
            if (process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return Files.readString(output);
            }
            throw new IOException(command[0] + " failed: "
                    + Files.readString(work.resolve(command[0] + ".err"))
                            .lines()
                            .findFirst()
                            .orElse("without a word"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
