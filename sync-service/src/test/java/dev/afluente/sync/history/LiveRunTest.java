package dev.afluente.sync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.sync.history.EventStream.Event;
import dev.afluente.sync.history.live.RunWatch;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LiveRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    RunWatch watch;

    @AfterEach
    void nobodyIsLeftBehind() {
        Sandbox.healed();
        await().atMost(PATIENCE).until(() -> watch.listening() == 0);
    }

    @Test
    void everyChangeIsToldAndTheStreamEndsWithTheRun() {
        String item = Sandbox.connect("user-ok-2700");
        Sandbox.fault(Map.of("kind", "delay", "path", "/v2/transactions", "delay_ms", 700, "times", 6));
        Person person = Person.somebody().connects(item);
        await().atMost(PATIENCE).until(() -> !person.runs().isEmpty());
        UUID run = UUID.fromString((String) person.runs().get(0).get("id"));

        try (EventStream stream = EventStream.of(person.token(), run, null)) {
            await().atMost(PATIENCE).until(() -> stream.ended);

            assertThat(stream.status).isEqualTo(200);
            assertThat(stream.events).hasSizeGreaterThan(3);
            assertThat(stream.events).anySatisfy(LiveRunTest::isReadingWithCountsSoFar);
            assertThat(stream.events).anySatisfy(event -> assertThat(event.run().getList("accounts.status"))
                    .contains("WAITING"));
            Event last = stream.events.get(stream.events.size() - 1);
            assertThat(last.status()).isEqualTo("SUCCEEDED");
            assertThat(last.run().getMap(""))
                    .isEqualTo(person.get("/api/banking/sync_runs/" + run)
                            .jsonPath()
                            .getMap(""));
            assertThat(last.run().getLong("counts.imported"))
                    .isEqualTo(last
                            .run()
                            .<Integer>getList("accounts.findAll { it.product == 'TRANSACTIONS' }.counts.imported")
                            .stream()
                            .mapToLong(Integer::longValue)
                            .sum());
        }
    }

    private static void isReadingWithCountsSoFar(Event event) {
        assertThat(event.status()).isEqualTo("RUNNING");
        assertThat(event.run().getList("accounts.status")).contains("READING");
        assertThat(event.run().getInt("accounts.find { it.status == 'READING' }.counts.imported"))
                .isPositive();
    }

    @Test
    void aRunThatAnotherInstanceWorksOnIsToldToo() {
        Person person = Person.somebody();
        UUID run = waitingRunOf(person);
        try (EventStream stream = EventStream.of(person.token(), run, null)) {
            await().atMost(PATIENCE).until(() -> !stream.events.isEmpty());
            Sql.run("UPDATE sync_run SET imported = 500 WHERE id = $1", run);
            await().atMost(PATIENCE).until(() -> stream.events.size() == 2);
            Stream.send(person.abandons(run));
            await().atMost(PATIENCE).until(() -> stream.ended);

            assertThat(stream.events)
                    .extracting(Event::status)
                    .containsExactly("WAITING_PROVIDER", "WAITING_PROVIDER", "NEEDS_USER");
            assertThat(stream.events.get(1).run().getInt("counts.imported")).isEqualTo(500);
        }
    }

    @Test
    void whoComesBackIsToldOnlyWhatIsNewAndSilenceIsFilled() {
        Person person = Person.somebody();
        UUID run = waitingRunOf(person);
        String known;
        try (EventStream stream = EventStream.of(person.token(), run, null)) {
            await().atMost(PATIENCE).until(() -> !stream.events.isEmpty());
            known = stream.events.get(0).id();
        }

        try (EventStream again = EventStream.of(person.token(), run, known)) {
            await().atMost(PATIENCE).until(() -> again.comments.size() >= 2);
            assertThat(again.events).isEmpty();
            Sql.run("UPDATE sync_run SET imported = 1 WHERE id = $1", run);
            await().atMost(PATIENCE).until(() -> again.events.size() == 1);
            assertThat(again.events.get(0).id()).isNotEqualTo(known);
        }
    }

    @Test
    void oneUserCannotListenWithoutEnd() {
        Person person = Person.somebody();
        UUID run = waitingRunOf(person);
        List<EventStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                streams.add(EventStream.of(person.token(), run, null));
            }
            await().atMost(PATIENCE).until(() -> watch.listening() == 10);

            person.get("/api/banking/sync_runs/" + run + "/events").then().statusCode(429);
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    @Test
    void nobodyWatchesLongerThanTheirTokenLives() {
        Person person = Person.somebody();
        UUID run = waitingRunOf(person);
        String brief = IdentityResource.tokens()
                .sign(TokenClaims.of(person.user).withTenant(person.tenant).withLifetime(Duration.ofSeconds(3)));

        try (EventStream stream = EventStream.of(brief, run, null)) {
            assertThat(stream.status).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> stream.ended);
            assertThat(stream.events).hasSize(1);
        }
    }

    private static UUID waitingRunOf(Person person) {
        UUID run = person.asksForRun(true);
        person.awaitRun(run, "WAITING_PROVIDER");
        return run;
    }
}
