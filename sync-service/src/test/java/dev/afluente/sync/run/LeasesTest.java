package dev.afluente.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.link.Link;
import dev.afluente.sync.support.Held;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.PlantedRun;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two runs of one worker, while a long transaction is about one of them. */
@QuarkusTest
class LeasesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LEFT =
            "SELECT extract(epoch FROM lease_until - now())::bigint FROM sync_run WHERE id = $1";

    private static final String WHOLE =
            "SELECT lease_until > now() + make_interval(secs => $2) FROM sync_run WHERE id = $1";

    @Inject
    Runs runs;

    @Inject
    Ledger ledger;

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

    /** A person's merges wait for each other, and their transactions have begun by then. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whoWritesHasAWholeLeaseFromThenOn(int imported) {
        UUID owner = UUID.randomUUID();
        Person person = connected();
        UUID id = PlantedRun.leased(person, owner, 1, Duration.ofMinutes(1));
        Link link = new Link(person.tenant, person.connection, person.user, "pluggy", "any", "any");
        LeasedRun run = new LeasedRun(id, link, false, "WEBHOOK", "any", 1, owner);

        boolean whole = ledger.ofTenant(
                        person.tenant, connection -> runs.count(connection, run, new Tally(imported, 0, 0, 0, 0))
                                .chain(() -> connection.preparedQuery(WHOLE).execute(Tuple.of(id, Runs.LEASE_SECONDS)))
                                .map(rows -> rows.iterator().next().getBoolean(0)))
                .await()
                .atMost(SOON);

        assertThat(whole).isTrue();
        Sql.run("UPDATE sync_run SET lease_until = now() WHERE id = $1", id);
    }

    private static UUID leased(UUID owner) {
        return PlantedRun.leased(connected(), owner, 1, Duration.ofMinutes(1));
    }

    private static Person connected() {
        Person person = Person.somebody().connects(Sandbox.connect("user-ok-10"));
        person.awaitRuns(1);
        return person;
    }
}
