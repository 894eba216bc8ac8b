package dev.afluente.connections.check;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.connection.States;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.Provider;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A command on a connection begins from how it stands now, not from what was heard last: asks the provider, takes the
 * answer in, and decides in that same transaction. A link that is no more becomes a removed connection and the same
 * answer as one that never was.
 */
@Singleton
public class PresentState {
    private final Database database;
    private final Connections connections;
    private final States states;
    private final Providers providers;
    private final Clock clock;

    PresentState(Database database, Connections connections, States states, Providers providers, Clock clock) {
        this.database = database;
        this.connections = connections;
        this.states = states;
        this.providers = providers;
        this.clock = clock;
    }

    /** Returns the caller's connection; fails with {@code connection_not_found}. */
    public Uni<Connection> own(Caller caller, UUID id) {
        return database.ofTenant(caller.tenant(), () -> connections.ofUser(caller, id))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.CONNECTION_NOT_FOUND::problem);
    }

    /**
     * Asks for the state of the caller's connection, takes it in and decides.
     *
     * @param decide runs in the transaction, under the lock of the connection's row; may run more than once
     */
    public <T> Uni<T> of(Caller caller, UUID id, String traceparent, BiFunction<Connection, Moment, Uni<T>> decide) {
        return own(caller, id).chain(connection -> {
            Instant askedAt = clock.instant();
            return ask(connection, traceparent, provider -> provider.state(connection.linkId()))
                    .chain(state -> taken(connection, state, askedAt, traceparent, decide));
        });
    }

    /** Asks a connection's provider for something; that the link is no more is taken in. */
    public <T> Uni<T> ask(Connection connection, String traceparent, Function<Provider, Uni<T>> question) {
        return question.apply(providers.get(connection.provider()))
                .onFailure(PresentState::isGone)
                .recoverWithUni(() -> gone(connection, traceparent));
    }

    /** Takes in an answer of the provider and goes on in that transaction; fails when the connection was removed. */
    public <T> Uni<T> taken(
            Connection of,
            LinkState state,
            Instant askedAt,
            String traceparent,
            BiFunction<Connection, Moment, Uni<T>> then) {
        return database.ofTenant(of.tenantId(), () -> {
                    Moment moment = new Moment(clock.instant(), traceparent);
                    return connections
                            .locked(of.tenantId(), of.id())
                            .invoke(PresentState::requireThere)
                            .call(connection -> states.take(connection, state, askedAt, moment))
                            .chain(connection -> then.apply(connection, moment));
                })
                .invoke(states::relay);
    }

    private <T> Uni<T> gone(Connection of, String traceparent) {
        return database.ofTenant(of.tenantId(), () -> connections
                        .locked(of.tenantId(), of.id())
                        .call(connection -> states.gone(connection, new Moment(clock.instant(), traceparent))))
                .invoke(states::relay)
                .chain(() -> Uni.createFrom().failure(ProblemCode.CONNECTION_NOT_FOUND.problem()));
    }

    private static void requireThere(Connection connection) {
        if (connection.isRemoved()) {
            throw ProblemCode.CONNECTION_NOT_FOUND.problem();
        }
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProviderException refusal && refusal.failure() instanceof ProviderFailure.Gone;
    }
}
