package dev.afluente.sync.asked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Results;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests, releases, abandonments and notifications of one connection at random, repeated and in any order: every run
 * ends exactly once, whichever way, and PostgreSQL never sees two queued (its unique index would refuse, and a refused
 * event would be set aside and its run never end).
 */
@QuarkusTest
class AskedRunsModelTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int RUNS = 25;

    private record Sent(BankingEvent event, UUID id) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, 77})
    void everyRunEndsExactlyOnce(long seed) {
        Random random = new Random(seed);
        String item = Sandbox.connect("user-ok-20");
        Person person = Person.somebody();
        List<UUID> asked = new ArrayList<>();
        List<Sent> events = events(person, random, asked);
        Collections.shuffle(events, random);
        int connects = random.nextInt(events.size());

        for (int i = 0; i < events.size(); i++) {
            if (i == connects) {
                person.connects(item);
            }
            if (random.nextInt(4) == 0) {
                Stream.notified("item/updated", item);
            }
            Stream.send(events.get(i).event(), events.get(i).id());
        }

        await().atMost(PATIENCE).until(() -> ended(person).containsAll(asked));
        person.awaitRuns(RUNS);
        await().atMost(PATIENCE)
                .until(() ->
                        Results.of(person.connection).size() >= person.runs().size());
        Map<UUID, Long> told = Results.of(person.connection).stream()
                .collect(Collectors.groupingBy(result -> result.runId(), Collectors.counting()));
        assertThat(told.keySet()).containsAll(asked);
        assertThat(told.values()).containsOnly(1L);
        assertThat(new TreeSet<>(told.keySet())).isEqualTo(new TreeSet<>(ended(person)));
        person.comesToSee(item);
        System.out.printf("seed %d: %d events, %d runs ended once each%n", seed, events.size(), told.size());
    }

    /** Every run is requested; one that waits is also released, abandoned or both; all of it up to three times. */
    private static List<Sent> events(Person person, Random random, List<UUID> asked) {
        List<Sent> events = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            UUID run = UuidCreator.getTimeOrderedEpoch();
            asked.add(run);
            boolean waits = random.nextBoolean();
            int way = random.nextInt(3);
            repeated(events, person.requests(run, waits), random);
            if (way != 1) {
                repeated(events, person.releases(run), random);
            }
            if (way != 0) {
                repeated(events, person.abandons(run), random);
            }
        }
        return events;
    }

    /** The same event again, and the same thing said again under another event id. */
    private static void repeated(List<Sent> events, BankingEvent event, Random random) {
        UUID id = UUID.randomUUID();
        for (int i = random.nextInt(3); i >= 0; i--) {
            events.add(new Sent(event, random.nextInt(3) == 0 ? UUID.randomUUID() : id));
        }
    }

    private static List<UUID> ended(Person person) {
        return person.runs().stream()
                .filter(run -> run.get("finished_at") != null)
                .map(run -> UUID.fromString((String) run.get("id")))
                .toList();
    }
}
