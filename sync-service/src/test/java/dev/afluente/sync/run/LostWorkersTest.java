package dev.afluente.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
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
        UUID run = UuidCreator.getTimeOrderedEpoch();
        Sql.run(
                "INSERT INTO sync_run (tenant_id, id, connection_id, user_id, trigger, status, traceparent, started_at,"
                        + " attempt, lease_owner, lease_until) VALUES ($1, $2, $3, $4, 'WEBHOOK', 'RUNNING', $5,"
                        + " now() - interval '1 hour', $6, $7, now() - interval '1 s')",
                person.tenant,
                run,
                person.connection,
                person.user,
                TraceParent.fresh().toString(),
                workers,
                UUID.randomUUID());
        return run;
    }
}
