package dev.afluente.sync.support;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.event.format.TraceParent;
import java.time.Duration;
import java.util.UUID;

/** A run as earlier attempts left it, beside those that the service makes itself. */
public final class PlantedRun {
    private PlantedRun() {}

    /** @param held whether its provider asked it to wait */
    public static UUID putBack(Person person, int attempts, boolean held, Duration wait) {
        UUID run = UuidCreator.getTimeOrderedEpoch();
        Sql.run(
                "INSERT INTO sync_run (tenant_id, id, connection_id, user_id, trigger, status, traceparent, attempt, held,"
                        + " not_before) VALUES ($1, $2, $3, $4, 'WEBHOOK', 'QUEUED', $5, $6, $7,"
                        + " now() + make_interval(secs => $8))",
                person.tenant,
                run,
                person.connection,
                person.user,
                TraceParent.fresh().toString(),
                attempts,
                held,
                (double) wait.toSeconds());
        return run;
    }

    /** @param left how long its worker's lease goes on; negative when it has run out */
    public static UUID leased(Person person, UUID owner, int attempts, Duration left) {
        UUID run = UuidCreator.getTimeOrderedEpoch();
        Sql.run(
                "INSERT INTO sync_run (tenant_id, id, connection_id, user_id, trigger, status, traceparent, attempt,"
                        + " started_at, lease_owner, lease_until) VALUES ($1, $2, $3, $4, 'WEBHOOK', 'RUNNING', $5, $6,"
                        + " now() - interval '1 hour', $7, now() + make_interval(secs => $8))",
                person.tenant,
                run,
                person.connection,
                person.user,
                TraceParent.fresh().toString(),
                attempts,
                owner,
                (double) left.toSeconds());
        return run;
    }
}
