package dev.afluente.local.stack;

import dev.afluente.embedded.identity.DevKeys;
import dev.afluente.embedded.kafka.KafkaServer;
import dev.afluente.embedded.postgres.PostgresDatabases;
import dev.afluente.embedded.postgres.PostgresServer;
import dev.afluente.embedded.process.JvmProcess;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Readiness;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.model.event.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * PostgreSQL, Kafka, the simulator and the three services as processes of this JVM; the gateway is not part of it. Starts what
 * does not depend on each other at once, and stops in the reverse order of need. Nothing outlives this JVM. Methods block and
 * are not for concurrent use, {@link #close} excepted.
 */
public final class Stack implements AutoCloseable {
    /** Where the gateway takes Pluggy's notifications. */
    public static final String WEBHOOK_PATH = "/api/banking/webhooks/pluggy";

    private static final Duration READY = Duration.ofMinutes(2);
    private static final List<Role> STOP_ORDER = List.of(Role.SIMULATOR, Role.WEBHOOK, Role.CONNECTION, Role.SYNC);

    private final PortPlan ports;
    private final PortPlan reached;
    private final DataDirectory data;
    private final Progress progress;
    private final Map<Role, JvmProcess> services = Collections.synchronizedMap(new EnumMap<>(Role.class));
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Queue<CompletableFuture<Void>> watches = new ConcurrentLinkedQueue<>();
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final DevKeys keys;
    private final Map<String, String> settings;
    private volatile boolean closing;

    public Stack(PortPlan ports, DataDirectory data, Progress progress) {
        this(ports, data, progress, Map.of());
    }

    /** @param settings environment variables for the three services, over those that they are always run with */
    public Stack(PortPlan ports, DataDirectory data, Progress progress, Map<String, String> settings) {
        this(ports, ports, data, progress, settings);
    }

    /**
     * @param reached where the services find PostgreSQL, Kafka and the simulator, when something stands between; of the other
     *     roles it says the same as {@code ports}
     * @param settings as above
     */
    public Stack(
            PortPlan ports, PortPlan reached, DataDirectory data, Progress progress, Map<String, String> settings) {
        this.ports = ports;
        this.reached = reached;
        this.data = data;
        this.progress = progress;
        this.settings = Map.copyOf(settings);
        this.postgres = new PostgresServer(data.resolve("postgres"), ports.of(Role.POSTGRES));
        this.kafka = new KafkaServer(data.resolve("kafka"), ports.of(Role.KAFKA), reached.of(Role.KAFKA));
        try {
            this.keys = DevKeys.in(data.resolve("identity"));
        } catch (IOException e) {
            throw new StartException("The development keys cannot be made: " + e.getMessage(), e);
        }
    }

    /**
     * Returns when everything is ready.
     *
     * @throws RuntimeException whose message names what did not start and its log
     */
    public void start() {
        data.clearLogs();
        Programs programs = new Programs(ports, reached, data);
        progress.say("Starting PostgreSQL, Kafka and the Pluggy simulator");
        kafka.launch();
        launch(Role.SIMULATOR, programs.simulator());
        postgres.start();
        PostgresDatabases databases = postgres.databases()
                .ensure(Programs.CONNECTIONS_DATABASE)
                .ensure(Programs.SYNC_DATABASE)
                .reachedAt(reached.of(Role.POSTGRES));
        progress.say("PostgreSQL is ready; starting the services");
        launch(
                Role.CONNECTION,
                programs.connectionService(databases, keys.publicKeyFile()).withEnvironment(settings));
        launch(Role.SYNC, programs.syncService(databases, keys.publicKeyFile()).withEnvironment(settings));
        launch(Role.WEBHOOK, programs.webhookService().withEnvironment(settings));
        kafka.awaitReady();
        kafka.createTopics(Set.copyOf(Topics.ALL));
        progress.say("Kafka is ready");
        services.keySet().parallelStream().forEach(this::awaitReady);
        new Readiness().await(service(Role.CONNECTION), well(Role.CONNECTION), READY);
        progress.say("The simulator knows where to deliver");
        watch("kafka", kafka.process());
        watchPostgres();
    }

    private void launch(Role role, JvmProgram program) {
        services.put(role, new JvmProcess(program).start());
    }

    private void awaitReady(Role role) {
        new Readiness().await(service(role), health(role), READY);
        progress.say(service(role).program().name() + " is ready");
        watch(service(role).program().name(), service(role));
    }

    private void watch(String name, JvmProcess process) {
        watches.add(process.onExit()
                .thenAccept(code -> died(
                        name + " ended unexpectedly (exit code " + code + ")",
                        process.program().log())));
    }

    private void watchPostgres() {
        ProcessHandle.of(postgres.pid())
                .ifPresent(server -> watches.add(
                        server.onExit().thenAccept(gone -> died("postgres ended unexpectedly", postgres.log()))));
    }

    private void died(String what, Path log) {
        if (!closing) {
            failure.complete(what + "; its log: " + log);
        }
    }

    /** A service's own readiness address. */
    public URI health(Role role) {
        return URI.create(ports.url(role) + "/q/health/ready");
    }

    /** Up when the webhook at the simulator is in place. */
    private URI well(Role role) {
        return URI.create(ports.url(role) + "/q/health/well");
    }

    /** The process of the simulator or of a service, for stopping, killing and starting it. */
    public JvmProcess service(Role role) {
        return services.get(role);
    }

    /** Starts a service that was stopped or killed and returns when it is ready. */
    public void restart(Role role) {
        service(role).restart();
        new Readiness().await(service(role), health(role), READY);
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public KafkaServer kafka() {
        return kafka;
    }

    public DevKeys keys() {
        return keys;
    }

    public PortPlan ports() {
        return ports;
    }

    /** Completes with a sentence when a process ends that nobody stopped. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** The process ids of everything that runs, by name. */
    public Map<String, Long> processes() {
        Map<String, Long> ids = new TreeMap<>();
        services.forEach((role, process) -> ids.put(role.name().toLowerCase(Locale.ROOT), process.pid()));
        ids.put("kafka", kafka.process().pid());
        ids.put("postgres", postgres.pid());
        return ids;
    }

    /** Stops everything, whoever stands on others first. Repeatable. */
    @Override
    public synchronized void close() {
        closing = true;
        List<JvmProcess> running = new ArrayList<>();
        STOP_ORDER.stream().filter(services::containsKey).map(services::get).forEach(running::add);
        running.parallelStream().forEach(JvmProcess::stop);
        List.<Runnable>of(kafka::stop, postgres::stop).parallelStream().forEach(Runnable::run);
    }
}
