package dev.afluente.connections.sweep.pace;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.sweep.pace.Budget.Turn;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 240 questions a minute are one in 250 ms, and a look at an Open Finance connection in 500 ms. */
@QuarkusTest
class SweepPaceTest extends ScriptedPluggyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofMillis(500);
    private static final String OVERDUE =
            "SELECT count(*) FROM tasks WHERE kind = 'SWEEP' AND (attempts > 0 OR due_at <= now())";
    private static final String SLOWED_TO = "SELECT slowed_to FROM sweep_budget WHERE provider = ?";

    @Inject
    Database database;

    @Inject
    Budget budget;

    private final String provider = UUID.randomUUID().toString();

    @BeforeEach
    @AfterEach
    void unhurried() {
        Rows.execute("DELETE FROM sweep_budget");
    }

    @Test
    void turnsOfAnyNumberOfInstancesAreApart() {
        long begin = System.nanoTime();
        List<Turn> turns = Multi.createFrom()
                .range(0, 40)
                .onItem()
                .transformToUni(i -> database.ofAllTenants(() -> budget.take(provider, 2)))
                .merge(8)
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);

        Duration allowed = Duration.ofNanos(System.nanoTime() - begin).plus(Budget.PATIENCE);
        assertThat(turns.stream().filter(Turn::given)).hasSizeBetween(11, (int) allowed.dividedBy(PACE) + 1);
        assertThat(turns).allMatch(turn -> turn.in().compareTo(Budget.PATIENCE) <= 0);
        String ahead = "SELECT round(extract(epoch FROM tat - now()) * 1000) FROM sweep_budget WHERE provider = ?";
        assertThat(Rows.count(ahead, provider)).isLessThanOrEqualTo(5_500);
    }

    /** A burst of refusals is one; afterwards it takes ten minutes to be as fast as before. */
    @Test
    void aProviderThatRefusesIsAskedHalfAsOftenAndThenEvenlyMore() {
        String apart = "SELECT round(extract(epoch FROM tat - turn_at) * 1000) FROM sweep_budget WHERE provider = ?";
        take();
        slower();
        slower();
        assertThat(take().given()).isFalse();
        assertThat(Rows.count(SLOWED_TO, provider)).isEqualTo(120);
        for (Map.Entry<Integer, Long> rate :
                Map.of(0, 500L, 5, 333L, 10, 250L, 60, 250L).entrySet()) {
            Rows.execute(
                    "UPDATE sweep_budget SET tat = now(), slowed_at = now() - make_interval(mins => ?)"
                            + " WHERE provider = ?",
                    rate.getKey(),
                    provider);
            take();
            assertThat(Rows.count(apart, provider))
                    .as("after %d minutes", rate.getKey())
                    .isBetween(rate.getValue() - 5, rate.getValue());
        }
        Rows.execute("UPDATE sweep_budget SET slowed_at = now() WHERE provider = ?", provider);
        slower();
        assertThat(Rows.count(SLOWED_TO, provider)).isEqualTo(60);
    }

    /** After an outage every connection is overdue at once. */
    @Test
    void whatIsOverdueIsCaughtUpAtThePaceAndHoldsUpNobody() {
        List<Connected> banks = Connected.several(24, "UPDATED");
        Connected told = banks.get(23);
        told.is("LOGIN_ERROR", 60);
        long begin = System.nanoTime();
        IntStream.range(0, 23).forEach(i -> banks.get(i).isDue("SWEEP"));

        told.notified();

        told.awaitStatus("LOGIN_ERROR");
        assertThat(Rows.count(OVERDUE)).isPositive();
        await().atMost(PATIENCE).until(() -> Rows.count(OVERDUE) == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(PACE.multipliedBy(22));
    }

    /** The one whose bank the provider should have read by now is the last in the queue. */
    @Test
    void whereNewsIsExpectedIsLookedAtFirst() {
        List<Connected> banks = Connected.several(24, "UPDATED");
        Connected expected = banks.get(23);
        Instant soon = Instant.now().plusSeconds(600);
        expected.is("UPDATED", 1).put("nextAutoSyncAt", soon.toString());
        expected.isDue("SWEEP");
        String first =
                "attempts = 0 AND first_at BETWEEN now() + interval '10 minutes' AND now() + interval '13 minutes'";
        await().atMost(PATIENCE).until(() -> expected.tasks("SWEEP", first) == 1);

        Rows.execute(
                "UPDATE tasks t SET due_at = now() - CASE WHEN e THEN interval '0' ELSE interval '1 minute' END,"
                        + " first_at = CASE WHEN e THEN now() END"
                        + " FROM (SELECT connection_id AS id, connection_id = ? AS e FROM tasks WHERE kind = 'SWEEP') x"
                        + " WHERE t.kind = 'SWEEP' AND t.connection_id = x.id",
                expected.id());

        await().atMost(PATIENCE).until(() -> expected.tasks("SWEEP", first) == 1);
        assertThat(Rows.count(OVERDUE)).isPositive();
    }

    @Test
    void aRefusalSlowsTheSweepAndNothingElse() {
        Connected bank = Connected.in("UPDATED");
        Connected other = Connected.in("UPDATED");
        String look = "GET /items/" + bank.item();
        ScriptedPluggy.answer(look, new Answer(429, "{\"code\":429}", Map.of("Retry-After", "4")));
        bank.isDue("SWEEP");
        await().atMost(PATIENCE).until(() -> Rows.text(SLOWED_TO, "pluggy") != null);
        await().atMost(PATIENCE).until(() -> Rows.count(SLOWED_TO, "pluggy") == 120);

        other.is("LOGIN_ERROR", 60);
        other.notified();

        other.awaitStatus("LOGIN_ERROR");
        assertThat(bank.tasks("SWEEP", "attempts > 0")).isEqualTo(1);
        ScriptedPluggy.usual(look);
        await().atMost(PATIENCE).until(() -> bank.tasks("SWEEP", "attempts = 0 AND due_at > now()") == 1);
    }

    @Test
    void whoHasWaitedTooLongIsToldToOperators() {
        Connected bank = Connected.in("UPDATED");
        assertThat(sweep()).isEqualTo("UP");
        Rows.execute("UPDATE tasks SET since = now() - interval '901 seconds' WHERE connection_id = ?", bank.id());

        assertThat(sweep()).isEqualTo("DOWN");

        given().get("/q/metrics").then().body(containsString("afluente_sweep_oldest_seconds 90"));
        bank.isDue("SWEEP");
        await().atMost(PATIENCE).until(() -> sweep().equals("UP"));
    }

    private static String sweep() {
        return given().get("/q/health/well").path("checks.find { it.name == 'sweep' }.status");
    }

    private Turn take() {
        return database.ofAllTenants(() -> budget.take(provider, 1)).await().atMost(PATIENCE);
    }

    private void slower() {
        database.ofAllTenants(() -> budget.slower(provider, Duration.ofMinutes(1)))
                .await()
                .atMost(PATIENCE);
    }
}
