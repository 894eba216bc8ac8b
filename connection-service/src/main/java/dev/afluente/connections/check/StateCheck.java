package dev.afluente.connections.check;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.connection.States;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.missing.Suspicion;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import dev.afluente.connections.task.Task;
import dev.afluente.connections.task.TaskHandler;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/**
 * Asks the provider how a connection is and writes down the answer: the connection's state, its event and the end of the
 * question, together. A state that is bound to pass is asked for again; a link the provider does not know is looked into.
 */
@Singleton
public class StateCheck implements TaskHandler {
    /** The kind of these tasks. */
    public static final String KIND = "CHECK";

    private final Database database;
    private final Connections connections;
    private final States states;
    private final Tasks tasks;
    private final Providers providers;
    private final Suspicion suspicion;
    private final Clock clock;

    StateCheck(
            Database database,
            Connections connections,
            States states,
            Tasks tasks,
            Providers providers,
            Suspicion suspicion,
            Clock clock) {
        this.database = database;
        this.connections = connections;
        this.states = states;
        this.tasks = tasks;
        this.providers = providers;
        this.suspicion = suspicion;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> handle(Task task) {
        Instant askedAt = clock.instant();
        return database.ofTenant(task.tenantId(), () -> connections.known(task.tenantId(), task.connectionId()))
                .chain(connection -> providers
                        .get(connection.provider())
                        .state(connection.linkId())
                        .chain(state -> states.sealed(connection, state)))
                .chain(state -> told(task, state, askedAt));
    }

    @Override
    public Uni<Void> refused(Task task, ProviderFailure failure) {
        Instant now = clock.instant();
        return failure instanceof ProviderFailure.Gone
                ? store(task, connection -> suspicion.of(connection, moment(task, now)), null)
                : database.ofTenant(
                        task.tenantId(), () -> tasks.postpone(task, CheckPause.after(failure, task.attempts(), now)));
    }

    private Uni<Void> told(Task task, LinkState state, Instant askedAt) {
        Instant now = clock.instant();
        return store(
                task,
                connection -> states.take(connection, state, askedAt, moment(task, now)),
                state.status().passing() ? CheckPause.whilePassing(task.attempts(), now) : null);
    }

    /** @param next when to ask again; null when the question is answered */
    private Uni<Void> store(Task task, Function<Connection, Uni<Void>> change, Instant next) {
        return database.ofTenant(task.tenantId(), () -> connections
                        .locked(task.tenantId(), task.connectionId())
                        .chain(connection -> connection == null || connection.isRemoved()
                                ? tasks.close(task)
                                : change.apply(connection)
                                        .chain(() -> next == null ? tasks.close(task) : tasks.postpone(task, next))))
                .invoke(states::relay);
    }

    private static Moment moment(Task task, Instant now) {
        return new Moment(now, task.traceparent());
    }
}
