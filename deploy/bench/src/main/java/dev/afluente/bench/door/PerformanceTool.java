package dev.afluente.bench.door;

import dev.afluente.embedded.process.JvmProcess;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Repository;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Kafka's {@code kafka-producer-perf-test}, with the settings of the door's own producer. Blocking. */
final class PerformanceTool {
    private static final String TOOL = "org.apache.kafka.tools.ProducerPerformance";
    private static final long MINUTES = 5;

    private final Path home;
    private final Path java;

    PerformanceTool(Path home, Path java) {
        this.home = home;
        this.java = java;
    }

    /** Returns the last line that the tool prints, which sums up. */
    String send(String brokers, String topic, int records, int size) {
        Path log = home.resolve("tool.log");
        JvmProcess process = new JvmProcess(new JvmProgram(
                "kafka-producer-perf-test",
                java,
                List.of("-Xmx128m"),
                List.of(
                        "-cp",
                        System.getProperty("java.class.path") + File.pathSeparator
                                + Repository.root().resolve("deploy/embedded/target/lib") + File.separator + "*",
                        TOOL,
                        "--topic",
                        topic,
                        "--num-records",
                        Integer.toString(records),
                        "--record-size",
                        Integer.toString(size),
                        "--throughput",
                        "-1",
                        "--producer-props",
                        "bootstrap.servers=" + brokers,
                        "acks=all",
                        "linger.ms=2",
                        "batch.size=65536"),
                Map.of(),
                home,
                log));
        process.start();
        try {
            int code = process.onExit().get(MINUTES, TimeUnit.MINUTES);
            List<String> lines = Files.readAllLines(log);
            if (code != 0 || lines.isEmpty()) {
                return "failed with exit code " + code;
            }
            return lines.get(lines.size() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException | TimeoutException e) {
            return "did not end";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            process.stop();
        }
    }
}
