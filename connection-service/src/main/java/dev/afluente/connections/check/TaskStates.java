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
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A task that begins from how a connection stands now: asks the provider, takes the answer in, and goes on in that same
 * transaction if the task is still in these hands.
 */
@Singleton
public class TaskStates {
    private final Database database;
    private final Connections connections;
    private final States states;
    private final Providers providers;
    private final Tasks tasks;
    private final Suspicion suspicion;
    private final Clock clock;

    TaskStates(
            Database database,
            Connections connections,
            States states,
            Providers providers,
            Tasks tasks,
            Suspicion suspicion,
            Clock clock) {
        this.database = database;
        this.connections = connections;
        this.states = states;
        this.providers = providers;
        this.tasks = tasks;
        this.suspicion = suspicion;
        this.clock = clock;
    }

    /** What a task does under the lock of the connection's row. */
    @FunctionalInterface
    public interface Step<T> {
        Uni<T> apply(Task task, Connection connection, Moment moment);
    }

    /**
     * @param worthwhile whether to ask the provider at all; otherwise the task ends
     * @param step is left out when the task is in other hands by then; the result is null
     */
    public <T> Uni<T> of(Task task, Function<Connection, Uni<Boolean>> worthwhile, Step<T> step) {
        return database.ofTenant(task.tenantId(), () -> connections
                        .known(task.tenantId(), task.connectionId())
                        .chain(connection -> worthwhile(connection, worthwhile)
                                .call(yes -> yes ? Uni.createFrom().voidItem() : tasks.close(task))
                                .map(yes -> yes ? connection : null)))
                .chain(connection -> connection == null ? Uni.createFrom().nullItem() : ask(task, connection, step));
    }

    private static Uni<Boolean> worthwhile(Connection connection, Function<Connection, Uni<Boolean>> question) {
        return connection == null || connection.isRemoved() ? Uni.createFrom().item(false) : question.apply(connection);
    }

    private <T> Uni<T> ask(Task task, Connection connection, Step<T> step) {
        Instant askedAt = clock.instant();
        return providers
                .get(connection.provider())
                .state(connection.linkId())
                .chain(state -> states.sealed(connection, state))
                .chain(state -> database.ofTenant(task.tenantId(), () -> taken(task, state, askedAt, step)))
                .invoke(states::relay);
    }

    private <T> Uni<T> taken(Task task, LinkState state, Instant askedAt, Step<T> step) {
        Moment moment = new Moment(clock.instant(), task.traceparent());
        return connections
                .locked(task.tenantId(), task.connectionId())
                .call(connection -> states.take(connection, state, askedAt, moment))
                .chain(connection -> tasks.holds(task)
                        .chain(held -> held && !connection.isRemoved()
                                ? step.apply(task, connection, moment)
                                : Uni.createFrom().nullItem()));
    }

    /** Goes on without an answer; a link the provider does not know is looked into. */
    public Uni<Void> without(Task task, ProviderFailure failure, BiFunction<Connection, Moment, Uni<Void>> step) {
        return database.ofTenant(task.tenantId(), () -> {
                    Moment moment = new Moment(clock.instant(), task.traceparent());
                    return connections
                            .locked(task.tenantId(), task.connectionId())
                            .chain(connection -> (failure instanceof ProviderFailure.Gone
                                            ? suspicion.of(connection, moment)
                                            : Uni.createFrom().voidItem())
                                    .chain(() -> step.apply(connection, moment)));
                })
                .invoke(states::relay);
    }
}
