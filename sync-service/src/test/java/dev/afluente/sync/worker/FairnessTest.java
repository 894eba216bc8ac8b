package dev.afluente.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has many connections does not delay who has one, and a provider that asks to wait is not asked again meanwhile. */
@QuarkusTest
class FairnessTest {
    private static final boolean FULL = "full".equals(System.getProperty("proofs"));
    private static final int MANY = FULL ? 900 : 120;

    /** So many of the one with many may begin before the other's single one. */
    private static final int FEW = 16;

    /** The default of {@code afluente.sync.concurrency}. */
    private static final int CONCURRENCY = 24;

    private static final Duration PATIENCE = Duration.ofSeconds(FULL ? 600 : 90);

    @AfterEach
    void heal() {
        Sandbox.healed();
    }

    @Test
    void aUserWithManyConnectionsDueDelaysTheOneWithOneByOneTurn() {
        String item = Sandbox.connect("user-ok-10");
        String many = "many-" + UUID.randomUUID();
        Person one = Person.somebody();
        // Held at the door until all are due, the single one last.
        Sandbox.fault(Map.of("kind", "delay", "path", "/items", "delay_ms", 1_500));
        for (int i = 0; i < MANY; i++) {
            Stream.linked("default", many, UUID.randomUUID(), item);
        }
        await().atMost(PATIENCE)
                .until(() -> Sql.number("SELECT count(*) FROM sync_run WHERE user_id = $1", many) == MANY);
        one.connects(item);
        await().atMost(PATIENCE)
                .until(() -> Sql.number("SELECT count(*) FROM sync_run WHERE user_id = $1", one.user) == 1);
        Sandbox.healed();
        await().atMost(PATIENCE)
                .until(() -> Sql.number(
                                "SELECT count(*) FROM sync_run WHERE user_id IN ($1, $2) AND finished_at IS NOT NULL",
                                many,
                                one.user)
                        == MANY + 1);

        long waitedFor = Sql.number("""
                SELECT count(*) FROM sync_run m, sync_run o WHERE m.user_id = $1 AND o.user_id = $2
                AND m.started_at > o.queued_at AND m.started_at < o.started_at""", many, one.user);
        System.out.println("fairness: " + MANY + " connections of one user due, the other's single one began after "
                + waitedFor + " of those that were still to begin");
        assertThat(waitedFor).isLessThanOrEqualTo(FEW);
    }

    @Test
    void askedToWaitAllRunsWaitTogether() {
        String item = Sandbox.connect("user-ok-10");
        double before = limited();
        Sandbox.fault(Map.of("kind", "rate_limit", "path", "/accounts", "retry_after", 2));
        List<Person> people = IntStream.range(0, 24)
                .mapToObj(i -> Person.somebody().connects(item))
                .toList();
        await().atMost(PATIENCE).until(() -> limited() > before);
        await().pollDelay(Duration.ofMillis(3_500)).atMost(PATIENCE).until(() -> true);
        Sandbox.healed();
        people.forEach(person -> person.awaitRuns(1));

        double refusals = limited() - before;
        System.out.println("rate limit: 24 runs, provider refuses for two waits of 2 s: refusals " + (int) refusals);
        // All go again when a wait is over; those who kept no common wait were seen to ask 2,424 times.
        assertThat(refusals).isLessThan(2 * CONCURRENCY);
        people.forEach(person -> assertThat(person.runs().get(0)).containsEntry("attempt", 1));
    }

    private static double limited() {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("afluente_source_rate_limited_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
