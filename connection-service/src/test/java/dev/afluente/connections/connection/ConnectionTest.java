package dev.afluente.connections.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Institution;
import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.model.event.ConnectionEvent;
import dev.afluente.model.event.SyncFinished;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final Instant NOW = Instant.parse("2026-03-10T09:15:03Z");

    private static final List<Status> STATUSES = List.of(Status.values());

    private final Connection connection = new Connection();

    @BeforeEach
    void claimed() {
        connection.tenantId = "default";
        connection.id = UUID.randomUUID();
        connection.userId = "ana";
        connection.provider = "pluggy";
        connection.linkId = "link";
    }

    @Test
    void isLinkedByItsFirstStateAndChangedByTheNext() {
        assertThat(connection.stateIs(state(Status.UPDATING, 0), NOW, NOW))
                .get()
                .isInstanceOfSatisfying(ConnectionEvent.Linked.class, linked -> {
                    assertThat(linked.version()).isEqualTo(1);
                    assertThat(linked.link().institution()).isEqualTo("Itaú");
                });
        assertThat(connection.stateIs(state(Status.UPDATED, 1), NOW, NOW))
                .get()
                .isInstanceOfSatisfying(ConnectionEvent.Changed.class, changed -> {
                    assertThat(changed.version()).isEqualTo(2);
                    assertThat(changed.status()).isEqualTo("UPDATED");
                });
    }

    @Test
    void tellsNothingWhenNothingIsToBeSeenButRemembersHowFreshItIs() {
        connection.stateIs(state(Status.UPDATED, 0), NOW, NOW);

        assertThat(connection.stateIs(state(Status.UPDATED, 5), NOW, NOW)).isEmpty();
        assertThat(connection.version).isEqualTo(1);
        assertThat(connection.stateIs(state(Status.OUTDATED, 4), NOW, NOW)).isEmpty();
        assertThat(connection.state().status()).isEqualTo(Status.UPDATED);
    }

    @Test
    void ofTwoStatesOfOneMomentTheOneAskedForLaterStays() {
        connection.stateIs(state(Status.UPDATING, 0), NOW, NOW);

        assertThat(connection.stateIs(state(Status.OUTDATED, 0), NOW.minusMillis(1), NOW))
                .isEmpty();
        assertThat(connection.stateIs(state(Status.UPDATED, 0), NOW.plusMillis(1), NOW))
                .isPresent();
        assertThat(connection.state().status()).isEqualTo(Status.UPDATED);
    }

    @RepeatedTest(50)
    void endsInTheNewestStateInWhateverOrderTheyCome() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<LinkState> states = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            states.add(state(STATUSES.get(random.nextInt(STATUSES.size())), i));
        }
        LinkState newest = states.get(29);
        states.addAll(List.copyOf(states));
        Collections.shuffle(states, random);

        long version = 0;
        for (LinkState state : states) {
            var event = connection.stateIs(state, NOW, NOW);
            version += event.isPresent() ? 1 : 0;
            assertThat(connection.version).as("seed %d", seed).isEqualTo(version);
        }

        assertThat(connection.state()).as("seed %d", seed).matches(newest::looksLike);
    }

    @Test
    void isRemovedOnceAndThenNothingChangesIt() {
        connection.stateIs(state(Status.UPDATED, 0), NOW, NOW);

        assertThat(connection.isGone(NOW)).get().isInstanceOf(ConnectionEvent.Removed.class);
        assertThat(connection.isGone(NOW)).isEmpty();
        assertThat(connection.stateIs(state(Status.OUTDATED, 9), NOW, NOW)).isEmpty();
        assertThat(connection.version).isEqualTo(2);
    }

    @Test
    void keepsTheRunThatFinishedLast() {
        UUID low = new UUID(1, 1);
        UUID high = new UUID(2, 2);
        connection.runFinished(run(high, NOW, "first"));
        connection.runFinished(run(low, NOW, "second"));
        assertThat(connection.lastRun().status()).isEqualTo("first");
        connection.runFinished(run(low, NOW.plusSeconds(1), "third"));
        connection.runFinished(run(high, NOW, "again"));
        assertThat(connection.lastRun().status()).isEqualTo("third");
    }

    @Test
    void readsWhatANewerVersionWrote() {
        connection.state = "{\"status\":\"LEVITATING\",\"brand_new\":{},\"institution\":{\"name\":\"x\",\"odd\":1},"
                + "\"products\":[]}";

        assertThat(connection.state().status()).isEqualTo(Status.UNKNOWN);
    }

    private static LinkState state(Status status, int second) {
        return new LinkState(
                new Institution("601", "Itaú", null, null),
                status,
                null,
                List.of(),
                null,
                null,
                null,
                NOW.plusSeconds(second));
    }

    private SyncFinished run(UUID run, Instant at, String status) {
        return new SyncFinished(
                "default",
                connection.id,
                run,
                "WEBHOOK",
                status,
                null,
                NOW,
                at,
                new SyncFinished.Counts(0, 0, 0, 0, 0),
                List.of(),
                null);
    }
}
