package dev.afluente.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmProcessTest {
    @TempDir
    Path directory;

    @Test
    void startsAgainAfterKillAndStopsInOrder() {
        try (JvmProcess process = new JvmProcess(program("idle"))) {
            long first = process.start().pid();
            process.kill();
            assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
            long second = process.start().pid();
            assertThat(second).isNotEqualTo(first);
            assertThat(process.stop()).isTrue();
            assertThat(process.alive()).isFalse();
        }
    }

    @Test
    void reportsAProgramThatEndsBeforeItIsReady() {
        JvmProcess process = new JvmProcess(program("fails")).start();
        URI health = URI.create("http://127.0.0.1:" + Ports.free() + "/health");
        assertThatThrownBy(() -> new Readiness().await(process, health, Duration.ofSeconds(30)))
                .hasMessageContaining("ended while starting")
                .hasMessageContaining("code 3")
                .hasMessageContaining("fails.log")
                .hasMessageContaining("a key is missing");
    }

    @Test
    void endsTheLeftoverOfAnEarlierRun() {
        JvmProcess earlier = new JvmProcess(program("idle")).start();
        try (JvmProcess next = new JvmProcess(program("idle")).start()) {
            assertThat(earlier.alive()).isFalse();
            assertThat(next.alive()).isTrue();
        }
    }

    @Test
    void theChildDiesWithAParentThatIsKilled() throws Exception {
        Process parent = new ProcessBuilder(program("parent").commandLine())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = parent.inputReader()) {
            long child = Long.parseLong(output.readLine());
            assertThat(ProcessHandle.of(child)).isPresent();
            parent.destroyForcibly();
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> ProcessHandle.of(child)
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
    }

    private JvmProgram program(String mode) {
        return new JvmProgram(
                mode,
                JvmProgram.ownJava(),
                List.of("-Xmx32m", "-XX:+UseSerialGC"),
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleMain.class.getName(),
                        mode,
                        directory.toString()),
                Map.of(),
                directory,
                directory.resolve(mode + ".log"));
    }

    /** The program under test: idles, fails, or is a parent with an idle child whose id it prints. */
    static final class IdleMain {
        private IdleMain() {}

        public static void main(String[] arguments) throws Exception {
            switch (arguments[0]) {
                case "fails" -> {
                    System.out.println("a key is missing");
                    System.exit(3);
                }
                case "parent" -> {
                    JvmProcessTest test = new JvmProcessTest();
                    test.directory = Path.of(arguments[1]);
                    System.out.println(
                            new JvmProcess(test.program("idle")).start().pid());
                    Thread.currentThread().join();
                }
                default -> Thread.currentThread().join();
            }
        }
    }
}
