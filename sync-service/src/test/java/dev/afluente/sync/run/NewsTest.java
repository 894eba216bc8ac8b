package dev.afluente.sync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.PlantedRun;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run was put back for an hour, after seven attempts, when a notification comes. */
@QuarkusTest
class NewsTest {
    private static final int ATTEMPTS = 7;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Person person = Person.somebody();
    private String item;

    @BeforeEach
    void aPersonIsConnected() {
        item = Sandbox.connect("user-ok-10");
        person.connects(item).awaitRuns(1);
    }

    @Test
    void newsBringARunForwardAndItsCountStartsAnew() {
        UUID run = PlantedRun.putBack(person, ATTEMPTS, false, HOUR);

        Stream.notified("item/updated", item);

        assertThat(person.awaitRun(run, "SUCCEEDED")).containsEntry("attempt", 1);
    }

    @Test
    void newsDoNotShortenTheWaitAProviderAskedFor() {
        UUID run = PlantedRun.putBack(person, ATTEMPTS, true, HOUR);

        Stream.notified("item/updated", item);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Sql.number("SELECT count(*) FROM inbox WHERE run_id = $1", run) == 1);

        assertThat(Sql.number(
                        "SELECT count(*) FROM sync_run WHERE id = $1 AND status = 'QUEUED' AND attempt = $2"
                                + " AND not_before > now() + interval '50 min'",
                        run,
                        ATTEMPTS))
                .as("runs that wait on")
                .isOne();
        Sql.run("UPDATE sync_run SET not_before = now() WHERE id = $1", run);
        assertThat(person.awaitRun(run, "SUCCEEDED")).containsEntry("attempt", ATTEMPTS + 1);
    }
}
