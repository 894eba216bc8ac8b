package dev.afluente.sync.asked;

import dev.afluente.sync.link.Link;
import dev.afluente.sync.run.Runs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Which run answers an event of a connection: the one that waits for the provider, the queued one, or a new one. */
@ApplicationScoped
public class Queue {
    private final Runs runs;
    private final AskedRuns asked;

    @Inject
    public Queue(Runs runs, AskedRuns asked) {
        this.runs = runs;
        this.asked = asked;
    }

    /**
     * Returns the queued run that will answer.
     *
     * @param trigger of the run, should a new one be needed
     */
    public Uni<UUID> answering(SqlConnection connection, Link link, String trigger, String traceparent) {
        return asked.releaseAll(connection, link.tenantId(), link.connectionId())
                .chain(released -> released == null
                        ? runs.queue(connection, link, trigger, traceparent)
                        : Uni.createFrom().item(released));
    }

    /** Lets what waits for a connection go on, e.g. to end because the connection is removed. */
    public Uni<Void> releaseAll(SqlConnection connection, String tenantId, UUID connectionId) {
        return asked.releaseAll(connection, tenantId, connectionId).replaceWithVoid();
    }

    /** Tells whether a connection ever had a run. */
    public Uni<Boolean> any(SqlConnection connection, Link link) {
        return runs.any(connection, link);
    }
}
