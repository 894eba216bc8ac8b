package dev.afluente.local.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.local.Customer;
import dev.afluente.local.Running;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.local.stack.Stack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Notifications come twice, out of order and not at all, while the door, the sync service and Kafka are killed over
 * and over; meanwhile the banks go on. Afterwards every ledger is the bank's own, and whatever the door took is there.
 */
class WayBackIT {
    private static final boolean FULL = "full".equals(System.getProperty("proofs"));
    private static final int EVENTS = FULL ? 100_000 : 3_000;
    private static final int PEOPLE = FULL ? 50 : 6;

    /** The sweep comes round within 14 s; the rest is for a machine that has other things to do. */
    private static final Duration RECOVERY = Duration.ofMinutes(3);

    private static final long PACE_MILLIS = 100;
    private static final int KILLED_IN_TURN = 3;
    private static final long BETWEEN_KILLS_MILLIS = FULL ? 60_000 : 15_000;

    /** A consumer that was killed comes back to what it had not finished sooner than this. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static Running running;
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @BeforeAll
    static void start() {
        running = Running.in(
                directory.resolve("data"),
                Map.of(
                        "AFLUENTE_SWEEP_INTERVAL", "PT10S",
                        "AFLUENTE_SWEEP_GRACE", "PT4S",
                        "AFLUENTE_SWEEP_PER_MINUTE", "600"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void whatWasNeverToldIsFoundAndWhatWasTakenIsThere() throws Exception {
        List<Customer> people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> new Customer(running, "storm-" + i)
                        .connects(2, Map.of("user", "user-ok-" + (50 + i), "password", "password-ok")))
                .toList();
        people.forEach(Customer::awaitEqualLedger);
        Storm storm = new Storm(
                URI.create(running.gateway().url() + Stack.WEBHOOK_PATH),
                people.stream().map(Customer::itemId).toList(),
                EVENTS,
                random);

        CompletableFuture<Void> banks = new CompletableFuture<>();
        CompletableFuture<Integer> changes = CompletableFuture.supplyAsync(() -> changeUntil(banks, people));
        CompletableFuture<Void> calmer = new CompletableFuture<>();
        CompletableFuture<Integer> trouble = CompletableFuture.supplyAsync(() -> makeTroubleUntil(calmer));
        storm.blow();
        calmer.complete(null);
        int kills = trouble.join();
        banks.complete(null);
        int changed = changes.join();
        Instant calm = Instant.now();
        people.forEach(this::changeQuietly);
        people.forEach(person -> person.awaitEqualLedger(RECOVERY));
        Duration equalAfter = Duration.between(calm, Instant.now());

        Set<String> missing = missing(storm.accepted());
        Set<String> letters = missing(storm.kept());
        long counted = lost();
        people.forEach(this::changeQuietly);
        people.forEach(person -> person.awaitEqualLedger(RECOVERY));
        long found = lost() - counted;
        System.out.printf(
                "WayBackIT seed=%d people=%d changes=%d kills=%d %s not_in_inbox=%d no_dead_letter=%d equal_after_s=%d"
                        + " losses_counted=%d of_untold=%d/%d%n",
                seed,
                PEOPLE,
                changed + 2 * PEOPLE,
                kills,
                storm.figures(),
                missing.size(),
                letters.size(),
                equalAfter.toSeconds(),
                counted,
                found,
                PEOPLE);
        assertThat(missing)
                .as("seed %d: taken by the door, not in the inbox", seed)
                .isEmpty();
        assertThat(letters)
                .as("seed %d: refused as no event, and not kept", seed)
                .isEmpty();
        assertThat(found).as("losses nobody was told of").isEqualTo(PEOPLE);
        assertThat(storm.accepted()).hasSizeGreaterThan(EVENTS / 2);
        assertThat(storm.kept()).isNotEmpty();
    }

    private int changeUntil(CompletableFuture<Void> end, List<Customer> people) {
        int count = 0;
        do {
            changeQuietly(people.get(count % people.size()));
            count++;
        } while (!endsWithin(end, PACE_MILLIS));
        return count;
    }

    private static boolean endsWithin(CompletableFuture<Void> end, long millis) {
        try {
            end.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bank's rows change and nobody is told. */
    private void changeQuietly(Customer person) {
        person.atTheBank(
                "transactions",
                Map.of(
                        "add",
                        1 + random.nextInt(3),
                        "change",
                        random.nextInt(2),
                        "remove",
                        random.nextInt(2),
                        "notify",
                        false));
    }

    /** How many losses of data the sweep has counted. */
    private static long lost() {
        return running.metric(Role.CONNECTION, "afluente_sweep_lost_total{what=\"data\"");
    }

    /** Kills one after the other, each once at least, for as long as notifications are on their way. */
    private static int makeTroubleUntil(CompletableFuture<Void> calm) {
        Stack stack = running.stack();
        int kills = 0;
        do {
            stack.service(Role.WEBHOOK).kill();
            stack.restart(Role.WEBHOOK);
            stack.service(Role.SYNC).kill();
            stack.restart(Role.SYNC);
            stack.kafka().kill();
            stack.kafka().start();
            kills += KILLED_IN_TURN;
        } while (!endsWithin(calm, BETWEEN_KILLS_MILLIS));
        return kills;
    }

    /** Returns what is still not there when nothing more has arrived for as long as a restart could keep it away. */
    private static Set<String> missing(Set<String> accepted) {
        Set<String> missing = new HashSet<>(accepted);
        Instant[] arrived = {Instant.now()};
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    if (missing.removeAll(running.inbox())) {
                        arrived[0] = Instant.now();
                    }
                    return missing.isEmpty()
                            || arrived[0].isBefore(Instant.now().minus(SILENCE));
                });
        return missing;
    }
}
