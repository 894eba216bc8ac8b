package dev.afluente.bench.door;

import dev.afluente.bench.load.Bare;
import dev.afluente.bench.load.Notices;
import dev.afluente.bench.load.Volley;
import dev.afluente.bench.report.Finding;
import dev.afluente.bench.report.Sample;
import dev.afluente.bench.world.World;
import dev.afluente.embedded.kafka.KafkaServer;
import dev.afluente.embedded.postgres.DataDirectories;
import dev.afluente.embedded.process.JvmProcess;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Ports;
import dev.afluente.embedded.process.Readiness;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.model.event.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Notifications accepted at the door: signature checked and held by Kafka with all acknowledgements. Beside a bare endpoint that
 * answers 204, run with the same options, and Kafka's own performance tool on the same broker; with both compilers, as a server
 * runs, broker included, and with the first one only. The door has a Kafka of its own here, so that nobody consumes meanwhile.
 * Nothing counts before the compilers rest.
 */
public final class DoorSpeed {
    private static final String WHAT = "webhook accepted (signature, Kafka acks=all) at 64 connections";
    private static final String AIM = "at least 0.5 × a bare 204 endpoint; p99 below 25 ms at half the peak";
    private static final String PLAIN_TOPIC = "bench.plain";
    private static final Set<String> TOPICS =
            Set.of(Topics.PLUGGY_WEBHOOKS, Topics.PLUGGY_WEBHOOKS_DEAD_LETTERS, PLAIN_TOPIC);
    private static final Duration READY = Duration.ofSeconds(60);

    /** The launcher starts its services so: quick to be ready, slower afterwards. */
    private static final String QUICK_TO_START = "-XX:TieredStopAtLevel=1";

    private static final Compilers BOTH_COMPILERS = new Compilers("both compilers", false);
    private static final Compilers FIRST_COMPILER =
            new Compilers("first compiler only, as the local launcher has it", true);

    /** So many turns in the time of one measurement: door and bare endpoint close together meet the same machine. */
    private static final int TURNS = 3;

    /** So many times as long as a measurement: the door was seen to become faster for some two minutes. */
    private static final int WARMS_UP = 7;

    /**
     * So many times as long as a measurement, because a single stall is more than a hundredth of a short measurement, which has it or
     * has it not by chance. As long before the first one: small batches are other code than large ones, and the second compiler
     * was seen to take one of two processors for 250 ms.
     */
    private static final int HALF_LASTS = 4;

    private final World world;
    private final Path home;

    /** @param home for a Kafka of its own; what lies there is deleted */
    public DoorSpeed(World world, Path home) {
        this.world = world;
        this.home = home;
    }

    /**
     * @param measured how long a measurement counts, all its turns together
     * @param records how many the performance tool sends
     */
    public Finding measure(int repeats, Duration measured, int records) {
        try {
            DataDirectories.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Figures server;
        String tool;
        try (KafkaServer kafka = KafkaServer.onAServer(home.resolve("kafka")).start()) {
            server = figures(kafka, BOTH_COMPILERS, repeats, measured);
            world.say("Kafka's own performance tool");
            int size = new Notices().recordSize();
            tool = "kafka-producer-perf-test on the same broker, one producer, " + size + " bytes a record: "
                    + tool(kafka, records, size);
        }
        Figures laptop;
        try (KafkaServer kafka = new KafkaServer(home.resolve("kafka-first"), 0).start()) {
            laptop = figures(kafka, FIRST_COMPILER, repeats, measured);
        }
        List<String> details = new ArrayList<>(server.told());
        details.add(tool);
        details.addAll(laptop.told());
        return new Finding(
                WHAT,
                Sample.number(server.ratio().median()) + " × the 204 endpoint; p99 "
                        + Sample.number(server.p99().median()) + " ms",
                AIM,
                details);
    }

    /** How a JVM compiles; its other options are the launcher's. */
    private record Compilers(String name, boolean firstOnly) {
        List<String> of(List<String> options) {
            return options.stream()
                    .filter(option -> firstOnly || !option.equals(QUICK_TO_START))
                    .toList();
        }

        String log(String program) {
            return program + (firstOnly ? "-first" : "") + ".log";
        }
    }

    /** What was found with a JVM's options, of the door and of the bare endpoint alike. */
    private record Figures(Sample ratio, Sample p99, List<String> told) {}

    private Figures figures(KafkaServer kafka, Compilers compilers, int repeats, Duration measured) {
        kafka.createTopics(TOPICS);
        Notices notices = new Notices();
        try (Endpoint door = door(kafka, compilers);
                Endpoint bare = bare(compilers);
                Volley atDoor = new Volley(door.port(), notices.rendered());
                Volley atBare = new Volley(bare.port(), notices.rendered())) {
            List<Double> accepted = new ArrayList<>();
            List<Double> answered = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            world.say("Warming up, " + compilers.name());
            sound(atBare.peak(measured, measured));
            sound(atDoor.peak(measured, measured.multipliedBy(WARMS_UP)));
            Cost doorCost = new Cost(door.process().pid());
            Cost brokerCost = new Cost(kafka.process().pid());
            Cost bareCost = new Cost(bare.process().pid());
            Duration turn = measured.dividedBy(TURNS);
            for (int repeat = 0; repeat < repeats * TURNS; repeat++) {
                world.say("Webhooks accepted, " + compilers.name() + ", " + (repeat + 1) + " of " + repeats * TURNS);
                Volley.Result plain = bareCost.of(() -> sound(atBare.peak(turn.dividedBy(2), turn)));
                Volley.Result kept =
                        doorCost.of(() -> brokerCost.of(() -> sound(atDoor.peak(turn.dividedBy(2), turn))));
                answered.add(plain.rate());
                accepted.add(kept.rate());
                ratios.add(kept.rate() / plain.rate());
            }
            Sample ratio = new Sample(ratios);
            Sample peak = new Sample(accepted);
            List<Volley.Result> halves = new ArrayList<>();
            double half = peak.median() / 2;
            Duration lasts = measured.multipliedBy(HALF_LASTS);
            world.say("Warming up at half the peak, " + compilers.name());
            sound(atDoor.at(half, measured, lasts));
            for (int repeat = 0; repeat < repeats; repeat++) {
                world.say("At half the peak, " + compilers.name() + ", " + (repeat + 1) + " of " + repeats);
                halves.add(sound(atDoor.at(half, measured.dividedBy(3), lasts)));
            }
            Sample p99 = sample(halves, Volley.Result::p99);
            return new Figures(
                    ratio,
                    p99,
                    List.of(
                            compilers.name() + ": the door " + peak.told() + " a second; a bare endpoint, Vert.x, 204, "
                                    + new Sample(answered).told() + " a second; ratio " + ratio.told(),
                            "processor time a request, however busy the machine: door " + doorCost.told()
                                    + ", its broker " + brokerCost.told() + ", bare endpoint " + bareCost.told(),
                            "at half the peak: "
                                    + sample(halves, Volley.Result::rate).told()
                                    + " a second, p50 "
                                    + sample(halves, Volley.Result::p50).told() + " ms, p99 "
                                    + p99.told() + " ms"));
        }
    }

    private static Sample sample(List<Volley.Result> results, Function<Volley.Result, Double> figure) {
        return new Sample(results.stream().map(figure).toList());
    }

    /** Figures of refused requests would say something else. */
    private static Volley.Result sound(Volley.Result result) {
        if (result.failures() > 0 || result.rate() == 0) {
            throw new IllegalStateException("Requests were refused while speed was measured: " + result);
        }
        return result;
    }

    /** A program that answers HTTP on a port of 127.0.0.1. */
    private record Endpoint(JvmProcess process, int port) implements AutoCloseable {
        @Override
        public void close() {
            process.stop();
        }
    }

    private Endpoint door(KafkaServer kafka, Compilers compilers) {
        int port = Ports.free();
        JvmProgram usual = usual();
        JvmProcess process = new JvmProcess(new JvmProgram(
                        usual.name(),
                        usual.java(),
                        compilers.of(usual.options()),
                        usual.target(),
                        usual.environment(),
                        usual.directory(),
                        home.resolve(compilers.log("door")))
                .withEnvironment(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                        "QUARKUS_HTTP_PORT", Integer.toString(port))));
        process.start();
        new Readiness().await(process, URI.create("http://127.0.0.1:" + port + "/q/health/ready"), READY);
        return new Endpoint(process, port);
    }

    private Endpoint bare(Compilers compilers) {
        int port = Ports.free();
        JvmProcess process = new JvmProcess(new JvmProgram(
                "bare",
                usual().java(),
                compilers.of(usual().options()),
                List.of("-cp", System.getProperty("java.class.path"), Bare.class.getName(), Integer.toString(port)),
                usual().environment(),
                home,
                home.resolve(compilers.log("bare"))));
        process.start();
        new Readiness().await(process, URI.create("http://127.0.0.1:" + port + "/"), READY);
        return new Endpoint(process, port);
    }

    private JvmProgram usual() {
        return world.stack().service(Role.WEBHOOK).program();
    }

    private String tool(KafkaServer kafka, int records, int size) {
        return new PerformanceTool(home, usual().java()).send(kafka.bootstrapServers(), PLAIN_TOPIC, records, size);
    }
}
