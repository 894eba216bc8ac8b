package dev.afluente.local.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afluente.local.Running;
import dev.afluente.local.crash.Life.Bank;
import dev.afluente.local.http.HttpFailure;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.stack.PortPlan.Role;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proof 1: while people connect, sync, write notes, renew consents and leave, and a first read of 20,000 rows is under way, services
 * are killed at random moments and PostgreSQL and Kafka crash. Afterwards every ledger is the bank's own, row by row, what
 * was answered is so, and nothing is left to do, 30 s after all services are ready again and the provider has told what it had
 * to tell: it waits as Pluggy does before it repeats a notification, in the simulator 18 s and then 36 s. Ten kills; 200 with {@code
 * -Dproofs=full}; the same targets and pauses with {@code -Dproofs.seed}. All processes are real.
 */
class CrashIT {
    private static final boolean FULL = "full".equals(System.getProperty("proofs"));
    private static final int KILLS = FULL ? 200 : 10;
    private static final int PEOPLE = FULL ? 8 : 4;
    private static final int FIRST_READ = 20_000;
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /** Beyond what is allowed, so that the figures tell slow from lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    private static Running running;

    private final long seed = Long.getLong("proofs.seed", System.nanoTime());
    private Instant quiet = Instant.MAX;
    private Instant told = Instant.MIN;
    private Backlog backlog;
    private Audit audit;

    @BeforeAll
    static void start() {
        // a person who asks every second is not what is tried here
        running = Running.in(
                directory.resolve("data"),
                Map.of(
                        "AFLUENTE_LIMITS_MANUAL_SYNC_BURST", "10000",
                        "AFLUENTE_LIMITS_CONNECT_TOKEN_BURST", "10000"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void theGatewaySaysWhichServiceIsAway() {
        running.stack().service(Role.WEBHOOK).kill();
        try {
            HttpFailure failure = catchThrowableOfType(
                    HttpFailure.class, () -> new JsonHttp(running.gateway().url(), Map.of()).get("/health"));
            assertThat(failure.status()).isEqualTo(503);
            assertThat(failure).hasMessageContaining("\"webhook-service\":\"DOWN\"");
        } finally {
            running.stack().service(Role.WEBHOOK).start();
        }
    }

    @Test
    void nothingIsLostDoubledOrMadeUp() throws Exception {
        List<Life> lives = people();
        ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
        List<Future<?>> days = new ArrayList<>();
        lives.forEach(life -> days.add(threads.submit(life)));
        threads.shutdown();
        Kills kills = new Kills(running.stack(), KILLS, new Random(seed));
        kills.all();
        lives.forEach(Life::end);
        for (Future<?> day : days) {
            day.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        drain(lives);

        Instant since = told.isAfter(kills.ready()) ? told : kills.ready();
        Duration took = quiet.equals(Instant.MAX) ? PATIENCE : Duration.between(since, quiet);
        System.out.printf(
                "crash: seed=%d %s people=%d bank_changes=%d commands=%d unanswered=%d notes=%d renewals=%d left=%d"
                        + " %s drained_ms=%d told_ms=%d last_start_ms=%d%n",
                seed,
                kills.figures(),
                PEOPLE,
                sum(lives, life -> life.changes),
                sum(lives, life -> life.caller.asked()),
                sum(lives, life -> life.caller.unanswered()),
                sum(lives, life -> life.notes.acknowledged()),
                sum(lives, life -> life.renewals),
                sum(lives, life -> life.left.size()),
                audit.figures(),
                took.toMillis(),
                Duration.between(kills.ready(), since).toMillis(),
                kills.lastStart().toMillis());
        assertThat(audit.complaints()).as("seed %d, %s", seed, backlog).isEmpty();
        assertThat(took).as("seed %d, %s", seed, backlog).isLessThan(DRAIN);
    }

    private List<Life> people() {
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            String user = "user-ok-" + (i == 0 ? FIRST_READ : 100 * i);
            lives.add(new Life(
                    running,
                    "crash-" + i,
                    i % 4 == 2 ? Link.Login.openFinance(user) : Link.Login.password(user),
                    i == 0 ? Bank.CORRECTS : i % 2 == 0 ? Bank.RENUMBERS : Bank.REMOVES,
                    new Random(seed + i + 1)));
        }
        return lives;
    }

    /** Waits until nothing is to be done and everything is right; the moment is that of looking, not that of having looked. */
    private void drain(List<Life> lives) throws SQLException {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(250))
                    .ignoreExceptionsInstanceOf(HttpFailure.class)
                    .until(() -> {
                        Instant look = Instant.now();
                        backlog = Backlog.of(running);
                        if (backlog.deliveries() > 0) {
                            told = look;
                        }
                        if (backlog.isEmpty()) {
                            audit = Audit.of(running, lives);
                            quiet = audit.complaints().isEmpty() ? look : Instant.MAX;
                        }
                        return quiet.equals(look);
                    });
        } catch (ConditionTimeoutException e) {
            backlog = Backlog.of(running);
            audit = Audit.of(running, lives);
        }
    }

    private static int sum(List<Life> lives, ToIntFunction<Life> what) {
        return lives.stream().mapToInt(what).sum();
    }
}
