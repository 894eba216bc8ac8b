package dev.afluente.local;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Notifications come twice, out of order and not at all, while the door and the sync service are killed and Kafka is
 * restarted; meanwhile the banks go on. Afterwards every ledger is the bank's own, and whatever the door took is there.
 */
class WayBackIT {
    private static final boolean FULL = "full".equals(System.getProperty("proofs"));
    private static final int EVENTS = FULL ? 100_000 : 3_000;
    private static final int PEOPLE = FULL ? 50 : 6;

    /** The sweep comes round within 14 s; the rest is for a machine that has other things to do. */
    private static final Duration RECOVERY = Duration.ofMinutes(3);

    private static final long PACE_MILLIS = 100;

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
        CompletableFuture<Void> trouble = CompletableFuture.runAsync(WayBackIT::makeTrouble);
        storm.blow();
        trouble.join();
        banks.complete(null);
        int changed = changes.join();
        Instant calm = Instant.now();
        people.forEach(this::changeQuietly);
        people.forEach(person -> person.awaitEqualLedger(RECOVERY));
        Duration equalAfter = Duration.between(calm, Instant.now());

        Set<String> missing = missing(storm.accepted());
        System.out.printf(
                "WayBackIT seed=%d people=%d changes=%d %s not_in_inbox=%d equal_after_s=%d%n",
                seed, PEOPLE, changed + PEOPLE, storm.figures(), missing.size(), equalAfter.toSeconds());
        assertThat(missing)
                .as("seed %d: taken by the door, not in the inbox", seed)
                .isEmpty();
        assertThat(storm.accepted()).hasSizeGreaterThan(EVENTS / 2);
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

    private static void makeTrouble() {
        Stack stack = running.stack();
        stack.service(Role.WEBHOOK).kill();
        stack.restart(Role.WEBHOOK);
        stack.service(Role.SYNC).kill();
        stack.restart(Role.SYNC);
        stack.kafka().kill();
        stack.kafka().start();
    }

    /** Returns what is still not there when nothing more arrives. */
    private static Set<String> missing(Set<String> accepted) {
        Set<String> missing = new HashSet<>(accepted);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    int before = missing.size();
                    missing.removeAll(running.inbox());
                    return missing.isEmpty() || missing.size() == before;
                });
        return missing;
    }
}
