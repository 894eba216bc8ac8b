package dev.afluente.sync.merge.model;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.sync.link.Link;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.LostLeaseException;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.worker.RunExecution;
import java.time.Duration;
import java.util.UUID;

/** A run that is leased by hand, so that no worker takes it, and tried once. */
final class Attempt {
    static final String TENANT = "default";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final UUID run = UuidCreator.getTimeOrderedEpoch();
    private final UUID owner = UUID.randomUUID();
    private final Link link;
    private final String trigger;

    Attempt(Link link, String trigger) {
        this.link = link;
        this.trigger = trigger;
        Sql.run(
                "INSERT INTO sync_run (tenant_id, id, connection_id, user_id, trigger, status, traceparent, lease_owner,"
                        + " lease_until, attempt, started_at) VALUES ($1, $2, $3, $4, $5, 'RUNNING', 'none', $6,"
                        + " now() + interval '1 hour', 1, now())",
                TENANT,
                run,
                link.connectionId(),
                link.userId(),
                trigger,
                owner);
    }

    static void link(Link link) {
        Sql.run(
                "INSERT INTO link (tenant_id, connection_id, user_id, provider, link_id, institution, version)"
                        + " VALUES ($1, $2, $3, $4, $5, $6, 1)",
                TENANT,
                link.connectionId(),
                link.userId(),
                link.provider(),
                link.linkId(),
                link.institution());
    }

    /** Returns how the run stands afterwards; it is tried no more. */
    String execute(RunExecution execution) {
        execution
                .execute(new LeasedRun(run, link, false, trigger, "none", 1, owner))
                .onFailure(LostLeaseException.class)
                .recoverWithNull()
                .await()
                .atMost(PATIENCE);
        String status = Sql.run("SELECT status FROM sync_run WHERE id = $1", run)
                .iterator()
                .next()
                .getString(0);
        Sql.run("UPDATE sync_run SET status = 'FAILED' WHERE id = $1 AND status IN ('RUNNING', 'QUEUED')", run);
        return status;
    }
}
