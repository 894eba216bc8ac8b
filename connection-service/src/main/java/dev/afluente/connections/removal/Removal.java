package dev.afluente.connections.removal;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.connection.States;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.task.TaskRounds;
import dev.afluente.connections.task.Tasks;
import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;

/**
 * Removes a connection because its owner wants it no more: removal, event, everybody's conclusions and the task to revoke
 * it at the provider in one transaction. From that commit on it is gone for its owner, whether the provider is there or
 * not, and what the provider holds will be revoked, whoever crashes. Repeatable.
 */
@Singleton
class Removal {
    private final Database database;
    private final Connections connections;
    private final States states;
    private final Tasks tasks;
    private final TaskRounds rounds;
    private final Clock clock;

    Removal(Database database, Connections connections, States states, Tasks tasks, TaskRounds rounds, Clock clock) {
        this.database = database;
        this.connections = connections;
        this.states = states;
        this.tasks = tasks;
        this.rounds = rounds;
        this.clock = clock;
    }

    /** Removes it; false when the caller has and had no such connection. */
    Uni<Boolean> remove(Caller caller, UUID id, String traceparent) {
        return database.ofTenant(caller.tenant(), () -> connections
                        .locked(caller.tenant(), id)
                        .chain(connection -> owned(connection, caller)
                                ? removed(connection, traceparent).replaceWith(true)
                                : Uni.createFrom().item(false)))
                .invoke(states::relay)
                .invoke(rounds::wake);
    }

    /** Returns a connection that the caller had; null when they never had it or have it still. */
    Uni<Connection> past(Caller caller, UUID id) {
        return database.ofTenant(caller.tenant(), () -> connections.known(caller.tenant(), id))
                .map(connection -> owned(connection, caller) && connection.isRemoved() ? connection : null);
    }

    private Uni<Void> removed(Connection connection, String traceparent) {
        Moment moment = new Moment(clock.instant(), traceparent);
        return connection.isRemoved()
                ? Uni.createFrom().voidItem()
                : states.gone(connection, moment)
                        .chain(() -> tasks.due(
                                connection.tenantId(), connection.id(), Revocation.KIND, moment.now(), traceparent));
    }

    private static boolean owned(Connection connection, Caller caller) {
        return connection != null && connection.userId().equals(caller.user());
    }
}
