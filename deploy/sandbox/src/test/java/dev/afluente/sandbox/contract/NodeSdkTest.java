package dev.afluente.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Pluggy's official Node SDK against the simulator. Skipped, with the reason, where Node or its registry is absent. */
@QuarkusTest
class NodeSdkTest {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path WORK = Path.of("target", "node-sdk");

    @TestHTTPResource
    String base;

    private record Ended(int code, String output) {}

    @Test
    void theOfficialSdkWorksUnchanged() throws Exception {
        Assumptions.assumeTrue(onPath("node") && onPath("npm"), "Node.js and npm are not on the path");
        Files.createDirectories(WORK);
        for (String file : List.of("package.json", "package-lock.json", "check.js")) {
            Files.copy(SOURCES.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(WORK.resolve("node_modules").resolve("pluggy-sdk"))) {
            Ended install = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Assumptions.assumeTrue(install.code() == 0, "npm could not install the SDK: " + install.output());
        }
        Ended check = run("node", "check.js");
        assertThat(check.code()).as(check.output()).isZero();
    }

    private static boolean onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private Ended run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(WORK.toFile()).redirectErrorStream(true);
        builder.environment().put("PLUGGY_API_URL", base.replaceAll("/$", ""));
        Path output = WORK.resolve(command[0] + ".log");
        Process process = builder.redirectOutput(output.toFile()).start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return new Ended(-1, command[0] + " did not end in 3 minutes");
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
