package dev.afluente.sync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.sync.support.Person;
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

    private final Person person = Person.somebody();
    private String item;

    @BeforeEach
    void aPersonIsConnected() {
        item = Sandbox.connect("user-ok-10");
        person.connects(item).awaitRuns(1);
    }

    @Test
    void newsBringARunForwardAndItsCountStartsAnew() {
        UUID run = putBack(false);

        Stream.notified("item/updated", item);

        assertThat(person.awaitRun(run, "SUCCEEDED")).containsEntry("attempt", 1);
    }

    @Test
    void newsDoNotShortenTheWaitAProviderAskedFor() {
        UUID run = putBack(true);

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

    /** @param held whether its provider asked it to wait */
    private UUID putBack(boolean held) {
        UUID run = UuidCreator.getTimeOrderedEpoch();
        Sql.run(
                "INSERT INTO sync_run (tenant_id, id, connection_id, user_id, trigger, status, traceparent, not_before,"
                        + " attempt, held) VALUES ($1, $2, $3, $4, 'WEBHOOK', 'QUEUED', $5, now() + interval '1 hour', $6, $7)",
                person.tenant,
                run,
                person.connection,
                person.user,
                TraceParent.fresh().toString(),
                ATTEMPTS,
                held);
        return run;
    }
}
