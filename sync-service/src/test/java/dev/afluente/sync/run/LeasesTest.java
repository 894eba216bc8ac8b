package dev.afluente.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Held;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.PlantedRun;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two runs of one worker, while a long transaction is about one of them. */
@QuarkusTest
class LeasesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LEFT =
            "SELECT extract(epoch FROM lease_until - now())::bigint FROM sync_run WHERE id = $1";

    @Inject
    Runs runs;

    @Test
    void aRunThatIsBeingWrittenKeepsNoOtherFromBeingRenewed() {
        UUID owner = UUID.randomUUID();
        UUID written = leased(owner);
        UUID other = leased(owner);

        Held row = Held.by("SELECT id FROM sync_run WHERE id = $1 FOR UPDATE", written);
        try (row) {
            runs.renew(owner, List.of(written, other)).await().atMost(SOON);
        }

        assertThat(Sql.number(LEFT, other)).isLessThanOrEqualTo(Runs.LEASE_SECONDS);
        assertThat(Sql.number(LEFT, written)).as("renewed by whoever writes").isGreaterThan(Runs.LEASE_SECONDS);
        runs.renew(owner, List.of(written)).await().atMost(SOON);
        assertThat(Sql.number(LEFT, written)).isLessThanOrEqualTo(Runs.LEASE_SECONDS);
        for (UUID run : List.of(written, other)) {
            Sql.run("UPDATE sync_run SET lease_until = now() WHERE id = $1", run);
        }
    }

    private static UUID leased(UUID owner) {
        Person person = Person.somebody();
        person.connects(Sandbox.connect("user-ok-10")).awaitRuns(1);
        return PlantedRun.leased(person, owner, 1, Duration.ofMinutes(1));
    }
}
