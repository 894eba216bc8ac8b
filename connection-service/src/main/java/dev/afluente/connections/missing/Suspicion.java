package dev.afluente.connections.missing;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Remembers that the provider says it knows no such link, and has it looked into. In the caller's transaction. */
@Singleton
public class Suspicion {
    private final Tasks tasks;
    private final MissingConfig config;

    Suspicion(Tasks tasks, MissingConfig config) {
        this.tasks = tasks;
        this.config = config;
    }

    /** Takes in the provider's word about a connection whose row is locked. */
    public Uni<Void> of(Connection connection, Moment moment) {
        connection.isMissing(moment.now());
        return tasks.dueUnlessThere(
                connection.tenantId(),
                connection.id(),
                MissingLinks.KIND,
                moment.now().plus(config.pause()),
                moment.traceparent());
    }
}
