package dev.afluente.connections.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;

import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.task.SecondInstance;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class AutomaticSyncTest extends ScriptedPluggyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    SecondInstance second;

    @Test
    void readsWhatTheProviderHasAndNothingMore() {
        Connected bank = Connected.in("UPDATED");
        bank.api().get(bank.path()).then().body("next_sync", notNullValue());

        bank.isDue("AUTOMATIC");

        ConsumerRecord<String, String> asked = bank.requests(1).get(0);
        assertThat(asked.value()).contains("\"trigger\":\"AUTOMATIC\"", "\"waits\":false");
        assertThat(bank.refreshes()).isZero();
        assertThat(bank.tasks("AUTOMATIC", "due_at BETWEEN now() AND now() + interval '12 hours 15 minutes'"))
                .isEqualTo(1);
        String shown = "SELECT count(*) FROM connections c JOIN tasks t ON t.connection_id = c.id"
                + " WHERE c.id = ? AND t.kind = 'AUTOMATIC' AND t.due_at = c.automatic_at";
        assertThat(Rows.count(shown, bank.id())).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"OUTDATED", "ERROR"})
    void hasAFailedReadingMadeAgainTwiceAtMost(String status) {
        Connected bank = Connected.in(status);
        for (int time = 1; time <= 2; time++) {
            int tries = time;
            bank.becomes("UPDATING", 20 * time);
            if (time == 1) {
                bank.isDue("AUTOMATIC");
            } else {
                bank.is(status, 30);
                bank.notified();
            }
            await().atMost(PATIENCE).until(() -> bank.refreshes() == tries);
            bank.awaitRun("READING");
        }
        bank.is(status, 50);
        bank.notified();

        assertThat(bank.kinds(2)).containsExactly("requested", "abandoned");
        assertThat(bank.requests(2).get(0).value()).contains("\"trigger\":\"AUTOMATIC\"", "\"waits\":true");
        assertThat(bank.refreshes()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"LOGIN_ERROR, INVALID_CREDENTIALS", "OUTDATED, ACCOUNT_NEEDS_ACTION", "OUTDATED, USER_INPUT_TIMEOUT"})
    void leavesOutWhatCannotSucceedUntilItCan(String status, String error) {
        Connected bank = Connected.in("UPDATED");
        bank.is(status, 10).put("error", new JsonObject().put("code", error));
        bank.notified();
        bank.awaitStatus(status);
        assertThat(bank.tasks("AUTOMATIC", "true")).isZero();

        bank.is("UPDATED", 20);
        bank.notified();

        bank.awaitStatus("UPDATED");
        assertThat(bank.tasks("AUTOMATIC", "due_at > now()")).isEqualTo(1);
    }

    @Test
    void waitsForTheEndOfWhatIsUnderWay() {
        Connected bank = Connected.in("UPDATED");
        bank.is("WAITING_USER_INPUT", 10);

        bank.isDue("AUTOMATIC");

        await().atMost(PATIENCE)
                .until(() -> bank.tasks("AUTOMATIC", "due_at > now() + interval '61 seconds' AND attempts = 0") == 1
                        || bank.tasks("AUTOMATIC", "due_at > now() + interval '2 minutes'") == 1);
        assertThat(bank.refreshes()).isZero();
        assertThat(Rows.count("SELECT count(*) FROM asked_runs WHERE connection_id = ?", bank.id()))
                .isZero();
    }

    @Test
    void comesAgainLaterWhenTheProviderIsAway() {
        Connected bank = Connected.in("UPDATED");
        ScriptedPluggy.answer("GET /items/" + bank.item(), Answer.of(503, null));

        bank.isDue("AUTOMATIC");

        String later = "attempts = 1 AND due_at > now() + interval '45 seconds'"
                + " AND due_at < now() + interval '90 seconds'"
                + " AND due_at = (SELECT automatic_at FROM connections c WHERE c.id = connection_id)";
        await().atMost(PATIENCE).until(() -> bank.tasks("AUTOMATIC", later) == 1);
        ScriptedPluggy.usual("GET /items/" + bank.item());
        bank.isDue("AUTOMATIC");
        assertThat(bank.requests(1)).hasSize(1);
    }

    /** Two instances, many connections, all due at the same moment: one run each. */
    @Test
    void ofTwoInstancesOneDoesIt() {
        List<Connected> banks = Connected.several(20, "UPDATED");
        second.start();
        try {
            banks.forEach(bank -> bank.isDue("AUTOMATIC"));
            banks.forEach(bank -> await().atMost(PATIENCE)
                    .until(() -> bank.tasks("AUTOMATIC", "due_at > now() + interval '61 seconds'") == 1
                            || !bank.requests(1).isEmpty()));
            banks.forEach(bank -> assertThat(bank.requests(1)).hasSize(1));
        } finally {
            second.stop();
        }
        assertThat(second.didSomething()).isTrue();
    }
}
