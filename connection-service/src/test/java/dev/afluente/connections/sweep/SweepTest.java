package dev.afluente.connections.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.TraceParent;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SweepTest extends ScriptedPluggyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    MeterRegistry metrics;

    private Connected bank;

    @BeforeEach
    void connect() {
        bank = Connected.in("UPDATED");
    }

    @Test
    void aReadingThatNobodyFetchedIsAskedForAndCountedOnce() {
        isOld();
        read(Connected.THEN);
        bank.is("UPDATED", 60);
        double before = lost("data");

        sweep();

        assertThat(bank.requests(1).get(0).value()).contains("\"trigger\":\"SWEEPER\"", "\"waits\":false");
        awaitLost("data", before + 1);
        for (int more = 0; more < Reading.MOST + 1; more++) {
            sweep();
        }
        assertThat(bank.requests(Reading.MOST)).hasSize(Reading.MOST);
        assertThat(lost("data")).isEqualTo(before + 1);
        assertThat(bank.refreshes()).isZero();
    }

    @Test
    void whatARunHasReadIsNotAskedFor() {
        isOld();
        bank.is("UPDATED", 60);
        read(Connected.THEN.plusSeconds(60));
        read(Connected.THEN);

        sweep();

        bank.is("UPDATED", 61);
        sweep();
        assertThat(bank.requests(1)).hasSize(1);
    }

    /** Its run waits for its turn, or could not read: asking for another of the same kind would mend neither. */
    @Test
    void aReadingThatWasToldIsNoLossHoweverSlowItsRun() {
        isOld();
        read(Connected.THEN);
        JsonObject item = bank.is("UPDATED", 60);
        Instant collected = Instant.now().minusSeconds(180);
        item.put("lastUpdatedAt", collected.toString()).put("updatedAt", collected.toString());
        double before = lost("data");
        bank.notified();
        String heard = "SELECT count(*) FROM reads WHERE connection_id = ? AND heard_at IS NOT NULL";
        await().atMost(PATIENCE).until(() -> Rows.count(heard, bank.id()) == 1);

        sweep();

        String asked = "SELECT count(*) FROM reads WHERE asked > 0 AND connection_id = ?";
        assertThat(Rows.count(asked, bank.id())).isZero();
        assertThat(lost("data")).isEqualTo(before);

        collected = Instant.now().minus(Reading.PATIENCE).minusSeconds(180);
        item.put("lastUpdatedAt", collected.toString());
        sweep();

        assertThat(bank.requests(1).get(0).value()).contains("\"trigger\":\"AUTOMATIC\"", "\"waits\":false");
        assertThat(lost("data")).isEqualTo(before);
    }

    /** Its notification and its run may still be on their way. */
    @Test
    void newsIsGivenTimeToArrive() {
        read(Connected.THEN);
        bank.is("UPDATED", 60);

        sweep();

        String ripe = "due_at <= (SELECT c.created_at FROM connections c WHERE c.id = connection_id)"
                + " + interval '120 seconds' AND attempts = 0";
        assertThat(bank.tasks("SWEEP", ripe)).isEqualTo(1);
        assertThat(Rows.count("SELECT count(*) FROM reads WHERE asked > 0 AND connection_id = ?", bank.id()))
                .isZero();
    }

    @Test
    void aStateThatNobodyToldIsTakenInAndCounted() {
        double before = lost("state");
        bank.is("LOGIN_ERROR", 60);

        sweep();

        bank.awaitStatus("LOGIN_ERROR");
        awaitLost("state", before + 1);
        sweep();
        assertThat(lost("state")).isEqualTo(before + 1);
    }

    @Test
    void aProviderThatIsAwayIsAskedAgainInTheNextInterval() {
        ScriptedPluggy.answer("GET /items/" + bank.item(), Answer.of(503, null));

        bank.isDue("SWEEP");

        await().atMost(PATIENCE)
                .until(() -> bank.tasks(
                                "SWEEP", "attempts = 1 AND due_at > now() AND due_at < now() + interval '10 minutes'")
                        == 1);
        ScriptedPluggy.usual("GET /items/" + bank.item());
        sweep();
    }

    @Test
    void aConnectionThatWasRemovedIsLeftAlone() {
        bank.api().request().delete(bank.path()).then().statusCode(204);

        assertThat(bank.tasks("SWEEP", "true")).isZero();
    }

    private void sweep() {
        bank.isDue("SWEEP");
        await().atMost(PATIENCE).until(() -> bank.tasks("SWEEP", "attempts = 0 AND due_at > now()") == 1);
    }

    private void isOld() {
        Rows.execute("UPDATE connections SET created_at = '2026-03-01T00:00:00Z' WHERE id = ?", bank.id());
    }

    /** A run of sync-service told how far it has read. */
    private void read(Instant asOf) {
        SyncFinished run = new SyncFinished(
                "default",
                bank.id(),
                UUID.randomUUID(),
                "WEBHOOK",
                "SUCCEEDED",
                null,
                asOf,
                Instant.now(),
                new SyncFinished.Counts(0, 0, 0, 1, 0),
                List.of(),
                asOf);
        CloudEvent event = new CloudEvent(
                UUID.randomUUID().toString(),
                "/afluente/sync-service",
                EventFormat.type(run),
                bank.id().toString(),
                run.finishedAt(),
                TraceParent.fresh());
        Topic.write(
                Topics.SYNC_RESULTS,
                bank.id().toString(),
                EventFormat.write(run).getBytes(UTF_8),
                event.headers());
        String last = "SELECT count(*) FROM connections WHERE id = ? AND last_run_id = ?";
        await().atMost(PATIENCE).until(() -> Rows.count(last, bank.id(), run.runId()) == 1);
    }

    /** Counted after the commit, which a test may see first. */
    private void awaitLost(String what, double count) {
        await().atMost(PATIENCE).until(() -> lost(what) == count);
    }

    private double lost(String what) {
        return metrics.counter("afluente.sweep.lost", "what", what).count();
    }
}
