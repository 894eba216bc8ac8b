package dev.afluente.embedded.testing;

import dev.afluente.embedded.process.JvmProcess;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Ports;
import dev.afluente.embedded.process.Readiness;
import dev.afluente.embedded.process.Repository;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The Pluggy simulator in a JVM of its own, on a free port, for a {@code @QuarkusTest}. Needs deploy/sandbox to be built. One
 * per JVM; a test that kills it starts it again before it ends.
 */
public final class SandboxResource implements QuarkusTestResourceLifecycleManager {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final int PORT = Ports.free();

    private static JvmProcess process;

    /** Where the simulator listens; the same after a restart. */
    public static String url() {
        return "http://127.0.0.1:" + PORT;
    }

    /** The simulator's process, for stopping and starting it; after a start, {@link #awaitReady} waits until it answers. */
    public static synchronized JvmProcess process() {
        if (process == null) {
            Path log = Path.of("target/embedded/sandbox.log").toAbsolutePath();
            process = new JvmProcess(JvmProgram.jar("sandbox", Repository.quarkusJar("deploy/sandbox"), log)
                    .withOptions("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                    .withEnvironment(
                            Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", Integer.toString(PORT))));
        }
        return process;
    }

    /** Blocks until the simulator answers, at most a minute. */
    public static void awaitReady() {
        new Readiness().await(process(), URI.create(url() + "/q/health/ready"), READY);
    }

    @Override
    public Map<String, String> start() {
        process().start();
        awaitReady();
        return Map.of(
                "afluente.pluggy.url",
                url(),
                "afluente.pluggy.client-id",
                "sandbox-client-id",
                "afluente.pluggy.client-secret",
                "sandbox-client-secret",
                "afluente.pluggy.connect-url",
                url() + "/connect");
    }

    @Override
    public void stop() {
        // the next test class uses the same simulator; the guardian ends it with the JVM
    }
}
