package dev.afluente.sync.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proof 5: an event delivered many times at once, out of order with others, and again much later, takes effect once. */
@QuarkusTest
class RepeatedDeliveryTest {
    private static final boolean FULL = "full".equals(System.getProperty("proofs"));
    private static final int EVENTS = FULL ? 200 : 20;
    private static final int DELIVERIES = 50;
    private static final int AT_ONCE = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(FULL ? 300 : 60);

    private record Told(Person person, String item, String event) {
        void deliver() {
            Stream.notified(event, "item/updated", item, "{}");
        }

        boolean hasTwoRunsEnded() {
            return person.runs().stream()
                            .filter(run -> run.get("finished_at") != null)
                            .count()
                    == 2;
        }
    }

    @Test
    void everyEventHasOneEffect() {
        long seed = Long.getLong("seed", 5);
        List<Told> told = new CopyOnWriteArrayList<>();
        atOnce(EVENTS, i -> {
            String item = Sandbox.connect("user-ok-10", 2);
            Person person = Person.somebody().connects(item);
            told.add(new Told(person, item, UUID.randomUUID().toString()));
        });
        told.forEach(each -> each.person().awaitRuns(1));

        List<Told> deliveries = new ArrayList<>();
        for (int i = 0; i < DELIVERIES; i++) {
            deliveries.addAll(told);
        }
        Collections.shuffle(deliveries, new Random(seed));
        atOnce(deliveries.size(), i -> deliveries.get(i).deliver());
        told.forEach(each -> await().atMost(PATIENCE).until(each::hasTwoRunsEnded));
        told.forEach(Told::deliver);
        told.forEach(each -> passed(each.item()));

        long inbox = told.stream()
                .mapToLong(each -> Sql.number("SELECT count(*) FROM inbox WHERE event_id = $1", each.event()))
                .sum();
        long runs = told.stream().mapToLong(each -> each.person().runs().size()).sum();
        System.out.println("repeated delivery: seed " + seed + ", " + EVENTS + " events delivered " + (DELIVERIES + 1)
                + " times each; in the inbox " + inbox + ", runs beside each connection's first " + (runs - EVENTS));
        assertThat(inbox).isEqualTo(EVENTS);
        assertThat(runs).isEqualTo(2L * EVENTS);
    }

    /** Does it so many times, {@value #AT_ONCE} at a time. */
    private static void atOnce(int times, IntConsumer work) {
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CompletableFuture.allOf(IntStream.range(0, times)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> work.accept(i), workers))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            workers.shutdownNow();
        }
    }

    /** Waits until everything sent before for this item has been taken: one key is one partition. */
    private static void passed(String item) {
        String mark = UUID.randomUUID().toString();
        Stream.notified(mark, "item/deleted", item, "{}");
        await().atMost(PATIENCE).until(() -> Sql.number("SELECT count(*) FROM inbox WHERE event_id = $1", mark) == 1);
    }
}
