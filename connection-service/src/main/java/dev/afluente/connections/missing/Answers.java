package dev.afluente.connections.missing;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.connection.States;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.provider.Providers;
import dev.afluente.connections.task.Task;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/** Asks the provider about a doubted link and stores what came of it together with the end of the task. Repeatable. */
@Singleton
class Answers {
    private final Database database;
    private final Connections connections;
    private final States states;
    private final Tasks tasks;
    private final Providers providers;
    private final Clock clock;

    Answers(Database database, Connections connections, States states, Tasks tasks, Providers providers, Clock clock) {
        this.database = database;
        this.connections = connections;
        this.states = states;
        this.tasks = tasks;
        this.providers = providers;
        this.clock = clock;
    }

    /** Asks; a link that is there ends the doubt, one that is not is up to {@code unknown}. */
    Uni<Void> ask(Task task, Function<Connection, Uni<Void>> unknown) {
        Instant askedAt = clock.instant();
        return database.ofTenant(task.tenantId(), () -> connections.known(task.tenantId(), task.connectionId()))
                .chain(connection -> providers
                        .get(connection.provider())
                        .state(connection.linkId())
                        .chain(state -> states.sealed(connection, state))
                        .chain(state -> store(task, known -> states.take(known, state, askedAt, moment(task))))
                        .onFailure(Witnesses::isGone)
                        .recoverWithUni(() -> unknown.apply(connection)));
    }

    /** Removes the connection: the provider holds nothing of it any more. */
    Uni<Void> gone(Task task) {
        return store(task, connection -> {
            connection.isRevoked(clock.instant());
            return states.gone(connection, moment(task));
        });
    }

    /** Puts the doubt off. */
    Uni<Void> later(Task task, Instant at) {
        return database.ofTenant(task.tenantId(), () -> tasks.postpone(task, at));
    }

    private Uni<Void> store(Task task, Function<Connection, Uni<Void>> change) {
        return database.ofTenant(task.tenantId(), () -> connections
                        .locked(task.tenantId(), task.connectionId())
                        .chain(connection -> connection == null || connection.isRemoved()
                                ? Uni.createFrom().voidItem()
                                : change.apply(connection))
                        .chain(() -> tasks.close(task)))
                .invoke(states::relay);
    }

    private Moment moment(Task task) {
        return new Moment(clock.instant(), task.traceparent());
    }
}
