package dev.afluente.sync.asked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Results;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AskedRunsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    AgroalDataSource database;

    private String item;

    @AfterEach
    void heal() {
        Sandbox.healed();
    }

    @Test
    void aRunThatNeedNotWaitReadsUnderItsAskersId() {
        Person person = connected();

        Map<String, Object> run = person.awaitRun(person.asksForRun(false), "SUCCEEDED");

        assertThat(run).containsEntry("trigger", "MANUAL");
        assertThat(person.runs()).hasSize(2);
    }

    /** Notifications lock the links first and guard their runs then: a request that did it the other way round was a deadlock. */
    @Test
    void aRequestWaitsForNobodyWhoHoldsTheLink() throws SQLException {
        Person person = connected();
        try (Connection other = database.getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT set_config('afluente.tenant', '*', true)");
            statement.execute("SELECT FROM link WHERE connection_id = '" + person.connection + "' FOR UPDATE");

            person.awaitRun(person.asksForRun(true), "WAITING_PROVIDER");

            other.rollback();
        }
    }

    @Test
    void aRunWaitsForTheProviderUntilItIsReleased() {
        Person person = connected();
        UUID run = person.asksForRun(true);

        Map<String, Object> waiting = person.awaitRun(run, "WAITING_PROVIDER");
        assertThat(waiting).containsEntry("reason", "waiting_for_provider").containsEntry("started_at", null);
        assertThat(waiting.get("meaning")).isNotNull();
        Stream.send(person.releases(run));
        Stream.send(person.releases(run));

        assertThat(person.awaitRun(run, "SUCCEEDED")).containsEntry("reason", null);
        SyncFinished told = onlyResult(person, run);
        assertThat(told.accountIds().stream().map(UUID::toString).toList())
                .containsExactlyInAnyOrderElementsOf(person.accounts().stream()
                        .map(account -> (String) account.get("id"))
                        .toList());
    }

    @Test
    void theProvidersNotificationReleasesItAndIsAnsweredByIt() {
        Person person = connected();
        UUID run = person.asksForRun(true);
        person.awaitRun(run, "WAITING_PROVIDER");

        String event = UUID.randomUUID().toString();
        Stream.notified(event, "item/updated", item, "{}");

        person.awaitRun(run, "SUCCEEDED");
        assertThat(person.runs()).hasSize(2);
        assertThat(Sql.run("SELECT run_id FROM inbox WHERE event_id = $1", event)
                        .iterator()
                        .next()
                        .getUUID(0))
                .isEqualTo(run);
    }

    @Test
    void anAbandonedRunEndsUnreadWithTheReasonGiven() {
        Person person = connected();
        UUID run = person.asksForRun(true);
        Stream.send(person.abandons(run));
        Stream.send(person.abandons(run));
        Stream.send(person.releases(run));

        Map<String, Object> ended = person.awaitRun(run, "NEEDS_USER");

        assertThat(ended).containsEntry("reason", "login_required").containsEntry("started_at", null);
        SyncFinished told = onlyResult(person, run);
        assertThat(told.startedAt()).isNull();
        assertThat(told.status()).isEqualTo("NEEDS_USER");
    }

    @Test
    void whatComesBeforeItsRunIsRememberedForIt() {
        Person person = connected();
        UUID released = UuidCreator.getTimeOrderedEpoch();
        UUID abandoned = UuidCreator.getTimeOrderedEpoch();
        Stream.send(person.releases(released));
        Stream.send(person.abandons(abandoned));
        Stream.send(person.requests(released, true));
        Stream.send(person.requests(abandoned, true));

        person.awaitRun(released, "SUCCEEDED");
        person.awaitRun(abandoned, "NEEDS_USER");
    }

    @Test
    void aRequestThatComesBeforeItsConnectionWaitsForIt() {
        item = Sandbox.connect("user-ok-50");
        Person person = Person.somebody();
        UUID run = person.asksForRun(false);
        person.awaitRun(run, "QUEUED");

        person.connects(item);

        assertThat(person.awaitRun(run, "SUCCEEDED")).containsEntry("trigger", "MANUAL");
        person.seesExactly(Sandbox.ledger(item));
        assertThat(person.runs()).hasSize(1);
    }

    @Test
    void aRemovedConnectionEndsWhatWaitsForItAndWhatIsAskedLater() {
        Person person = connected();
        UUID waiting = person.asksForRun(true);
        person.awaitRun(waiting, "WAITING_PROVIDER");
        Stream.removed(person.tenant, person.user, person.connection, item);

        assertThat(person.awaitRun(waiting, "FAILED")).containsEntry("reason", "connection_removed");
        UUID later = person.asksForRun(true);
        assertThat(person.awaitRun(later, "FAILED")).containsEntry("reason", "connection_removed");
    }

    @Test
    void itTakesOverWhatAQueuedRunWasToAnswer() {
        Person person = connected();
        Sandbox.fault(Map.of("kind", "status", "status", 503, "path", "/accounts"));
        String event = UUID.randomUUID().toString();
        Stream.notified(event, "item/updated", item, "{}");
        await().atMost(PATIENCE)
                .until(() -> person.runs().stream().anyMatch(run -> "provider_unavailable".equals(run.get("reason"))));
        UUID waiting = UUID.fromString((String) person.runs().get(0).get("id"));

        UUID asked = person.asksForRun(false);

        assertThat(person.awaitRun(waiting, "FAILED")).containsEntry("reason", "superseded");
        Sandbox.healed();
        person.awaitRun(asked, "SUCCEEDED");
        assertThat(Sql.number("SELECT count(*) FROM inbox WHERE event_id = $1 AND run_id = $2", event, asked))
                .isEqualTo(1);
        onlyResult(person, waiting);
    }

    @Test
    void aRunNobodySpeaksOfIsReleasedByItself() {
        Person person = connected();
        UUID run = person.asksForRun(true);
        person.awaitRun(run, "WAITING_PROVIDER");

        Sql.run("UPDATE sync_run SET waits_until = now() WHERE id = $1", run);

        person.awaitRun(run, "SUCCEEDED");
    }

    @Test
    void aRunThatCannotBeReleasedDoesNotStandBeforeAnother() throws SQLException {
        Person held = connected();
        UUID heldRun = held.asksForRun(true);
        held.awaitRun(heldRun, "WAITING_PROVIDER");
        Person person = connected();
        UUID run = person.asksForRun(true);
        person.awaitRun(run, "WAITING_PROVIDER");
        try (Connection other = database.getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('%s:%s', 1))"
                    .formatted(held.tenant, held.connection));

            Sql.run("UPDATE sync_run SET waits_until = now() - interval '1 min' WHERE id = $1", heldRun);
            Sql.run("UPDATE sync_run SET waits_until = now() WHERE id = $1", run);

            person.awaitRun(run, "SUCCEEDED");
            assertThat(held.run(heldRun)).containsEntry("status", "WAITING_PROVIDER");
            other.rollback();
        }
        held.awaitRun(heldRun, "SUCCEEDED");
    }

    private Person connected() {
        item = Sandbox.connect("user-ok-50");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        return person;
    }

    private static SyncFinished onlyResult(Person person, UUID run) {
        await().atMost(PATIENCE).until(() -> Results.of(person.connection).stream()
                .anyMatch(result -> result.runId().equals(run)));
        List<SyncFinished> told = Results.of(person.connection).stream()
                .filter(result -> result.runId().equals(run))
                .toList();
        assertThat(told).hasSize(1);
        return told.get(0);
    }
}
