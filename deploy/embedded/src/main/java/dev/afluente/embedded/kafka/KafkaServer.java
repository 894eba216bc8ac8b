package dev.afluente.embedded.kafka;

import dev.afluente.embedded.process.JvmProcess;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Ports;
import dev.afluente.embedded.process.Repository;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A real Kafka (KRaft: one node is broker and controller) in a JVM of its own, on 127.0.0.1. Stops, dies and starts again on the
 * same port and data; ends with this JVM. Acknowledged records survive the death of the broker; that of the machine costs about
 * the last second, because Kafka acknowledges before it flushes. Thread-safe; methods block.
 */
public final class KafkaServer implements AutoCloseable {
    /** Partitions of a topic unless said otherwise. */
    public static final int PARTITIONS = 3;

    private static final List<String> QUICK_TO_START = List.of("-XX:TieredStopAtLevel=1");
    private static final Duration READY = Duration.ofSeconds(60);

    private final Path home;
    private final int port;
    private final int advertisedPort;
    private final int controllerPort = Ports.free();
    private final JvmProcess process;

    /**
     * @param home holds data, configuration and log; made when missing
     * @param port 0 picks a free one, which then stays
     */
    public KafkaServer(Path home, int port) {
        this(home, port, port);
    }

    /**
     * @param home as above
     * @param port as above
     * @param advertisedPort where clients are told to find the broker, when something stands between; otherwise {@code port}
     */
    public KafkaServer(Path home, int port, int advertisedPort) {
        this(home, port, advertisedPort, QUICK_TO_START);
    }

    private KafkaServer(Path home, int port, int advertisedPort, List<String> compilers) {
        this.home = home.toAbsolutePath().normalize();
        this.port = port == 0 ? Ports.free() : port;
        this.advertisedPort = advertisedPort == port ? this.port : advertisedPort;
        this.process = new JvmProcess(program(compilers));
    }

    /** A broker that compiles as one on a server does: slower to start, faster afterwards. On a free port. */
    public static KafkaServer onAServer(Path home) {
        return new KafkaServer(home, 0, 0, List.of());
    }

    private JvmProgram program(List<String> compilers) {
        Path target = Repository.root().resolve("deploy/embedded/target");
        String classPath =
                target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*";
        return new JvmProgram(
                        "kafka",
                        JvmProgram.ownJava(),
                        compilers,
                        List.of(
                                "-cp",
                                classPath,
                                KafkaBroker.class.getName(),
                                configuration().toString()),
                        Map.of("MALLOC_ARENA_MAX", "2"),
                        home,
                        log())
                .withOptions(
                        "-Xmx192m",
                        "-XX:MaxDirectMemorySize=64m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-UsePerfData",
                        "-Xshare:auto",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true");
    }

    /** Returns when the broker answers. Nothing happens when it is running. */
    public KafkaServer start() {
        launch();
        awaitReady();
        return this;
    }

    /** Starts the broker's JVM and returns at once; {@link #awaitReady} waits for it. */
    public KafkaServer launch() {
        try {
            Files.createDirectories(home);
            new BrokerProperties(home.resolve("data"), port, advertisedPort, controllerPort).write(configuration());
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka could not be configured in " + home, e);
        }
        process.start();
        return this;
    }

    /** @throws IllegalStateException when the broker ends, or is not there within a minute; the message names the log */
    public void awaitReady() {
        long end = System.nanoTime() + READY.toNanos();
        while (!Ports.isServed(port)) {
            if (exitedWithin(Duration.ofMillis(50)) || System.nanoTime() > end) {
                throw new IllegalStateException("Kafka did not start on port " + port + "; see " + log()
                        + ", which ends\n" + process.lastWords());
            }
        }
        try (Admin admin = admin()) {
            admin.describeCluster().nodes().get(READY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer on port " + port + "; see " + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        }
    }

    private boolean exitedWithin(Duration pause) {
        try {
            process.onExit().get(pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Makes the topics that are not there, with {@value #PARTITIONS} partitions each. */
    public KafkaServer createTopics(Set<String> names) {
        return createTopics(names, PARTITIONS);
    }

    /** Makes the topics that are not there. An existing topic keeps its partitions. */
    public KafkaServer createTopics(Set<String> names, int partitions) {
        List<NewTopic> topics = names.stream()
                .map(name -> new NewTopic(name, partitions, (short) 1))
                .toList();
        try (Admin admin = admin()) {
            for (var topic : admin.createTopics(topics).values().entrySet()) {
                awaitCreated(topic.getKey(), topic.getValue());
            }
        }
        return this;
    }

    private static void awaitCreated(String name, org.apache.kafka.common.KafkaFuture<Void> created) {
        try {
            created.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("Topic " + name + " could not be made", e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("Topic " + name + " was not made in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topic " + name, e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers(), "request.timeout.ms", "10000"));
    }

    /** Orderly: the broker flushes and leaves. Returns when it is gone. */
    public void stop() {
        process.stop();
    }

    /** SIGKILL. Returns when the broker is gone. */
    public void kill() {
        process.kill();
    }

    public boolean alive() {
        return process.alive();
    }

    /** The broker's JVM. */
    public JvmProcess process() {
        return process;
    }

    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public Path log() {
        return home.resolve("kafka.log");
    }

    private Path configuration() {
        return home.resolve("server.properties");
    }

    @Override
    public void close() {
        stop();
    }
}
