package dev.afluente.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.embedded.fault.Fault;
import dev.afluente.embedded.fault.FaultyLink;
import dev.afluente.local.faults.Answer;
import dev.afluente.local.faults.Cell;
import dev.afluente.local.faults.Errand;
import dev.afluente.local.faults.Pulse;
import dev.afluente.local.faults.Requests;
import dev.afluente.local.faults.Toll;
import dev.afluente.local.faults.Traffic;
import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fault matrix over the whole path from the door through Kafka and the sync to the API: while requests come in, the way to
 * PostgreSQL, Kafka or Pluggy becomes slow, broken or silent. Whatever happens there, every answer comes in time and is a
 * success or a 503, what was acknowledged is kept, and all is well by itself soon after. The cells of Vault are
 * connection-service's own {@code VaultAwayTest}.
 */
class FaultMatrixIT {
    private static final boolean FULL = "full".equals(System.getProperty("proofs"));
    /** Which cells, as a pattern, e.g. {@code KAFKA/.*}; for looking into some of them. */
    private static final String ONLY = System.getProperty("cells", ".*");

    private static final Duration RECOVERY = Duration.ofSeconds(10);

    /** {@code afluente.webhook.intake.deadline}, as shipped. */
    private static final Duration DOOR = Duration.ofSeconds(4);

    /** {@code afluente.database.deadline} of connection-service and of sync-service, {@code afluente.pluggy.deadline}. */
    private static final Duration CONNECTIONS = Duration.ofSeconds(FULL ? 12 : 3);

    private static final Duration LEDGER = Duration.ofSeconds(FULL ? 22 : 3);
    private static final Duration PLUGGY = Duration.ofSeconds(FULL ? 15 : 3);

    /** Longer than every deadline, so that there are requests whose whole life lies within the fault. */
    private static final Duration HOLD = Duration.ofMillis(FULL ? 25_000 : 4_500);

    private static final List<String> READS = List.of("ledger", "connections");
    private static final List<String> WRITES = List.of("write");
    private static final List<Role> BETWEEN = List.of(Role.POSTGRES, Role.KAFKA, Role.SIMULATOR);

    @TempDir
    static Path directory;

    private static final long SEED = new Random().nextLong();
    private static final Random RANDOM = new Random(SEED);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private static final Map<Role, FaultyLink> LINKS = new EnumMap<>(Role.class);

    private static Running running;
    private static Requests requests;
    private static Customer watched;
    private static Customer busy;

    @BeforeAll
    static void start() {
        PortPlan ports = PortPlan.free();
        PortPlan reached = ports;
        for (Role role : BETWEEN) {
            FaultyLink link = FaultyLink.to("127.0.0.1", ports.of(role));
            LINKS.put(role, link);
            reached = reached.with(role, link.port());
        }
        running = Running.in(directory.resolve("data"), ports, reached, settings());
        requests = new Requests(ports);
        watched =
                new Customer(running, "watched").connects(2, Map.of("user", "user-ok-150", "password", "password-ok"));
        busy = new Customer(running, "busy").connects(2, Map.of("user", "user-ok-20", "password", "password-ok"));
        watched.awaitEqualLedger();
        warmUp();
        busy.awaitEqualLedger();
    }

    /** A program's first failure loads classes, which takes longer than the grace. */
    private static void warmUp() {
        FaultyLink postgres = LINKS.get(Role.POSTGRES);
        postgres.become(new Fault.BlackHole());
        try (Traffic traffic = new Traffic(HTTP, RANDOM).of(errands("writer"))) {
            LockSupport.parkNanos(LEDGER.plusMillis(500).toNanos());
            postgres.heal();
            assertThat(traffic.end()).isNotEmpty();
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> many = Map.of(
                "AFLUENTE_LIMITS_MANUAL_SYNC_BURST", "10000",
                "AFLUENTE_LIMITS_MANUAL_SYNC_REFILL", "PT0.001S");
        if (FULL) {
            return many;
        }
        // the shipped ones need half a minute for every cell
        Map<String, String> impatient = new HashMap<>(many);
        impatient.put("AFLUENTE_PLUGGY_DEADLINE", PLUGGY.toString());
        // of connection-service and of sync-service
        impatient.put("AFLUENTE_DATABASE_DEADLINE", LEDGER.toString());
        return impatient;
    }

    @AfterAll
    static void stop() {
        LINKS.values().forEach(FaultyLink::heal);
        running.close();
        LINKS.values().forEach(FaultyLink::close);
    }

    static Stream<Cell> cells() {
        return (FULL ? Cell.all() : Cell.few())
                .stream().filter(cell -> cell.toString().matches(ONLY));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyAnswerComesInTimeAndAllIsWellSoonAfter(Cell cell) throws Exception {
        String writer = "writer-" + UUID.randomUUID();
        long blockedBefore = blocked();
        FaultyLink link = LINKS.get(cell.dependency());
        try (Pulse pulse = new Pulse(HTTP, running.stack().ports());
                Traffic traffic = new Traffic(HTTP, RANDOM).of(errands(writer));
                Traffic bystander = new Traffic(HTTP, RANDOM).of(List.of(bystander()));
                Traffic news = new Traffic(HTTP, RANDOM).of(List.of(news()))) {
            awaitTrue("all services ready", pulse::allReady);
            link.become(cell.fault());
            LockSupport.parkNanos(HOLD.toNanos());
            if (cell.complete()) {
                // The door knows of a silent Kafka by its first delivery that fails, which takes most of the quick
                // size's time.
                awaitTrue("all who ask it not ready", () -> pulse.unready().containsAll(cell.asking()));
            }
            Set<Role> unready = pulse.unready();
            link.heal();
            long healed = System.nanoTime();
            List<Answer> answers = new ArrayList<>(news.end());
            awaitNewRow();
            awaitTrue("all services ready again", pulse::allReady);
            Duration recovered = Duration.ofNanos(System.nanoTime() - healed);
            answers.addAll(traffic.end());
            Toll toll = new Toll(cell, answers, lateness(traffic, bystander.end()));
            long blocked = blocked() - blockedBefore;
            System.out.printf(
                    "FaultMatrixIT seed=%d cell=%s %s unready=%s blocked=%d lateness_ms=%d recovered_ms=%d%n",
                    SEED, cell, toll, unready, blocked, toll.lateness().toMillis(), recovered.toMillis());
            inTime(toll);
            assertThat(blocked).as("event loops blocked").isZero();
            assertThat(recovered).isLessThanOrEqualTo(RECOVERY);
            assertThat(pulse.lifeless()).as("not alive").isEmpty();
            assertThat(cell.asking()).as("not ready").containsAll(unready);
            degradesNoFurther(toll);
            nothingAcknowledgedIsLost(toll, writer);
        } finally {
            link.heal();
        }
    }

    private static Errand news() {
        return new Errand("door", DOOR, Duration.ofSeconds(1), id -> requests.notice(id, watched.itemId()));
    }

    /** What any request costs on this machine: the simulator's own, which no fault stands before and no service answers. */
    private static Errand bystander() {
        return new Errand(
                "bystander", DOOR, Duration.ofMillis(100), id -> requests.open(Role.SIMULATOR, "/q/health/live"));
    }

    private static Duration lateness(Traffic traffic, List<Answer> bystanders) {
        return Stream.concat(Stream.of(traffic.lateness()), bystanders.stream().map(Answer::took))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static List<Errand> errands(String writer) {
        String reader = running.token("watched");
        String commander = running.token("busy");
        String author = running.token(writer);
        return List.of(
                // of items nobody knows, so that the provider's limit is no part of what is measured
                new Errand("door", DOOR, Duration.ofMillis(100), id -> requests.notice(id, id)),
                new Errand(
                        "ledger",
                        LEDGER,
                        Duration.ofMillis(250),
                        id -> requests.get(Role.SYNC, "/api/banking/transactions?limit=100", reader)),
                new Errand(
                        "connections",
                        CONNECTIONS,
                        Duration.ofMillis(250),
                        id -> requests.get(Role.CONNECTION, "/api/banking/connections", reader)),
                new Errand(
                        "write",
                        LEDGER,
                        Duration.ofMillis(500),
                        id -> requests.post(Role.SYNC, "/api/banking/categories", author, "{\"name\":\"" + id + "\"}")),
                // the limit, the state and the claim are three transactions; state and refresh are two questions
                new Errand(
                        "command",
                        PLUGGY.multipliedBy(2).plus(CONNECTIONS.multipliedBy(3)),
                        Duration.ofSeconds(1),
                        id -> requests.post(Role.CONNECTION, busy.path() + "/sync", commander, "{}")));
    }

    /** The bank has a row more and its notification comes, as often as the door needs it, until it can be read. */
    private static void awaitNewRow() {
        long end = System.nanoTime() + RECOVERY.multipliedBy(3).toNanos();
        String row = watched.bankAddsARow();
        boolean told = false;
        while (System.nanoTime() < end) {
            told = told || status(requests.notice(UUID.randomUUID().toString(), watched.itemId())) == 202;
            if (told && watched.reads(row)) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("seed " + SEED + ": the row of a new notification is not readable");
    }

    private static int status(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static void inTime(Toll toll) {
        assertThat(toll.late()).as("late answers, seed %d", SEED).isEmpty();
        assertThat(toll.wrong()).as("wrong answers, seed %d", SEED).isEmpty();
    }

    /** Who does not need what is in trouble does not notice it. */
    private static void degradesNoFurther(Toll toll) {
        Role dependency = toll.cell().dependency();
        if (dependency != Role.KAFKA) {
            assertThat(toll.refused(List.of("door"))).isEmpty();
        }
        if (dependency != Role.POSTGRES) {
            assertThat(toll.refused(READS)).isEmpty();
            assertThat(toll.refused(WRITES)).isEmpty();
        }
    }

    private static void nothingAcknowledgedIsLost(Toll toll, String writer) throws IOException {
        Set<String> told = new HashSet<>();
        Set<String> written = new HashSet<>();
        for (Answer answer : toll.answers()) {
            if (answer.accepted() && answer.errand().name().equals("door")) {
                told.add(answer.id());
            } else if (answer.accepted() && answer.errand().name().equals("write")) {
                written.add(answer.id());
            }
        }
        for (JsonNode category :
                running.api(writer).get("/api/banking/categories").path("data")) {
            written.remove(category.path("name").asText());
        }
        assertThat(written).as("acknowledged writes that are not there").isEmpty();
        Awaitility.await().atMost(RECOVERY).untilAsserted(() -> {
            told.removeAll(running.inbox());
            assertThat(told)
                    .as("taken by the door, not in the inbox, seed %d", SEED)
                    .isEmpty();
        });
    }

    private static void awaitTrue(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(RECOVERY.multipliedBy(3))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    /** How often a service's log told of an event loop that something held up. */
    private static long blocked() throws IOException {
        long count = 0;
        for (String service : List.of("connection-service", "sync-service", "webhook-service")) {
            try (Stream<String> lines = Files.lines(running.data().log(service))) {
                count += lines.filter(line -> line.contains("has been blocked")).count();
            }
        }
        return count;
    }
}
