package dev.afluente.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.PlantedRun;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run has lost so many workers in a row, none of which could tell why. */
@QuarkusTest
class LostWorkersTest {
    private static final int MOST = Backoff.MAX_ATTEMPTS * 2;

    private final Person person = Person.somebody();
    private String item;

    @BeforeEach
    void aPersonIsConnected() {
        item = Sandbox.connect("user-ok-10");
        person.connects(item).awaitRuns(1);
    }

    @Test
    void itIsTakenOverUpToABound() {
        UUID run = lost(MOST - 1);

        assertThat(person.awaitRun(run, "SUCCEEDED")).containsEntry("attempt", MOST);
    }

    @Test
    void itEndsThenAndNewsStartAnother() {
        UUID run = lost(MOST);

        assertThat(person.awaitRun(run, "FAILED"))
                .containsEntry("attempt", MOST + 1)
                .containsEntry("reason", "workers_lost")
                .extractingByKey("meaning")
                .isNotNull();

        Stream.notified("item/updated", item);
        assertThat(person.awaitRuns(3)).containsEntry("status", "SUCCEEDED").containsEntry("attempt", 1);
    }

    private UUID lost(int workers) {
        return PlantedRun.leased(person, UUID.randomUUID(), workers, Duration.ofSeconds(-1));
    }
}
