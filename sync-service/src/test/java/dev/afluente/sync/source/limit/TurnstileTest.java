package dev.afluente.sync.source.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static Vertx vertx;

    private record Passed(String user, long nanos) {}

    private final List<Passed> passed = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void neverMoreThanAllowedWithinTheWindow() {
        Duration window = Duration.ofMillis(300);
        Turnstile turnstile = new Turnstile(vertx, 20, window, System::nanoTime);
        for (int i = 0; i < 100; i++) {
            call(turnstile, "a");
        }
        await().atMost(PATIENCE).until(() -> passed.size() == 100);

        List<Long> times =
                new ArrayList<>(passed.stream().map(Passed::nanos).sorted().toList());
        for (int i = 20; i < times.size(); i++) {
            // A call is noted a moment after it was let through.
            assertThat(times.get(i) - times.get(i - 20)).isGreaterThan(window.toNanos() * 9 / 10);
        }
    }

    @Test
    void whoHasOneCallWaitsForOneOfWhoHasNineHundred() {
        Turnstile turnstile = new Turnstile(vertx, 100, Duration.ofMillis(400), System::nanoTime);
        for (int i = 0; i < 900; i++) {
            call(turnstile, "many");
        }
        int before = passed.size();
        call(turnstile, "one");
        await().atMost(PATIENCE).until(() -> passed.size() == 901);

        int place = passed.stream().map(Passed::user).toList().indexOf("one");
        System.out.println("turnstile: 900 calls of one user, " + before + " through when another's single call came, "
                + (place - before) + " went before it");
        assertThat(before).isLessThan(800);
        assertThat(place - before).isBetween(0, 10);
    }

    @Test
    void whileItIsClosedNobodyPassesAndWhoGivesUpLosesNothingButTheirPlace() {
        Turnstile turnstile = new Turnstile(vertx, 100, Duration.ofMillis(200), System::nanoTime);
        long closed = System.nanoTime();
        turnstile.close(Duration.ofMillis(700));
        Cancellable impatient = call(turnstile, "a");
        call(turnstile, "b");
        impatient.cancel();
        assertThat(turnstile.waiting()).isEqualTo(1);

        await().atMost(PATIENCE).until(() -> !passed.isEmpty());
        assertThat(passed).extracting(Passed::user).containsExactly("b");
        assertThat(Duration.ofNanos(passed.get(0).nanos() - closed)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
        assertThat(turnstile.waiting()).isZero();
    }

    private Cancellable call(Turnstile turnstile, String user) {
        return turnstile
                .pass(user, () -> Uni.createFrom().item(() -> passed.add(new Passed(user, System.nanoTime()))))
                .subscribe()
                .with(done -> {}, failure -> {});
    }
}
