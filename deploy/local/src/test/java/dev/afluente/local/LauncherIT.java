package dev.afluente.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.embedded.process.Ports;
import dev.afluente.local.http.JsonHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of {@code deploy/up} towards the person who types it, from outside. */
class LauncherIT {
    private static final Duration GONE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void onceComparesTheLedgersAndARestartKeepsThem() throws Exception {
        // The same port twice, as people do: the simulator then knows the webhook already.
        String port = Integer.toString(Ports.free());
        Path data = directory.resolve("with a space");
        try (Launched first = Launched.start(
                data, "--once", "--gateway-port", port, "--simulator-port", "0", "--user", "user-ok-1500")) {
            assertThat(first.exitCode()).as(first.output()).isZero();
            assertThat(first.output()).contains("The ledgers are equal").contains("1,500 transactions");
            assertThat(first.family()).isEmpty();
        }
        try (Launched second = Launched.start(
                data, "--once", "--gateway-port", port, "--simulator-port", "0", "--user", "user-ok-1500")) {
            assertThat(second.exitCode()).as(second.output()).isZero();
            assertThat(second.output())
                    .contains("connected since an earlier run")
                    .contains("1,503 transactions")
                    .contains("The ledgers are equal");
        }
    }

    @Test
    void staysUntilItIsToldToStopAndLeavesNoProcess() throws Exception {
        int port = Ports.free();
        Path data = directory.resolve("data");
        try (Launched launched = Launched.start(data, "--gateway-port", "" + port, "--simulator-port", "0")) {
            launched.prints("Ctrl-C stops everything");
            String gateway = "http://127.0.0.1:" + port;
            assertThat(new JsonHttp(gateway, Map.of())
                            .get("/health")
                            .path("status")
                            .asText())
                    .isEqualTo("UP");
            refusesASecondRunOnTheSameData(data);
            refusesATakenPort(port);

            List<ProcessHandle> family = launched.family();
            assertThat(family).hasSizeGreaterThanOrEqualTo(6);
            launched.handle().destroy();
            assertThat(launched.exitCode()).isNotZero();
            Launched.awaitGone(family, GONE);
            assertThat(launched.family()).isEmpty();
        }
    }

    private static void refusesASecondRunOnTheSameData(Path data) throws Exception {
        try (Launched second = Launched.start(data, "--gateway-port", "0", "--simulator-port", "0")) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output()).contains("Another run is using " + data).contains("--data");
        }
    }

    private void refusesATakenPort(int port) throws Exception {
        Path other = directory.resolve("other");
        try (Launched second = Launched.start(other, "--gateway-port", "" + port, "--simulator-port", "0")) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output()).contains("Port " + port + " is taken").contains("--gateway-port");
        }
    }

    @Test
    void aKilledLauncherTakesItsProcessesWithIt() throws Exception {
        Path data = directory.resolve("data");
        try (Launched launched = Launched.start(data, "--no-demo", "--gateway-port", "0", "--simulator-port", "0")) {
            launched.prints("Ready at");
            List<ProcessHandle> family = launched.family();
            assertThat(family).hasSizeGreaterThanOrEqualTo(6);
            launched.handle().destroyForcibly();
            Launched.awaitGone(family, GONE);
        }
    }

    @Test
    void onceFailsWhenTheBankRefusesTheLogin() throws Exception {
        try (Launched launched = Launched.start(
                directory.resolve("data"),
                "--once",
                "--user",
                "user-locked",
                "--gateway-port",
                "0",
                "--simulator-port",
                "0")) {
            assertThat(launched.exitCode()).as(launched.output()).isEqualTo(1);
            assertThat(launched.output()).contains("The bank wants something of its customer first");
        }
    }

    @Test
    void explainsItselfAndRefusesUnknownOptions() throws Exception {
        try (Launched help = Launched.start(directory.resolve("data"), "--help");
                Launched unknown = Launched.start(directory.resolve("data"), "--unknown")) {
            assertThat(help.exitCode()).isZero();
            assertThat(help.output()).contains("usage: deploy/up");
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(unknown.output()).contains("unknown option: --unknown").contains("usage: deploy/up");
        }
    }
}
