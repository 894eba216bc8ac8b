package dev.afluente.connections.check;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.connection.States;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.missing.Suspicion;
import dev.afluente.connections.missing.Witnesses;
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
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A command on a connection begins from how it stands now, not from what was heard last: asks the provider, takes the
 * answer in, and decides in that same transaction. A link the provider does not know is looked into; until that is
 * settled the answer is "not now".
 */
@Singleton
public class PresentState {
    /** After which it makes sense to try again when the provider does not know the link. */
    private static final Duration LOOKED_INTO = Duration.ofMinutes(1);

    private final Database database;
    private final Connections connections;
    private final States states;
    private final Providers providers;
    private final Suspicion suspicion;
    private final Clock clock;

    PresentState(
            Database database,
            Connections connections,
            States states,
            Providers providers,
            Suspicion suspicion,
            Clock clock) {
        this.database = database;
        this.connections = connections;
        this.states = states;
        this.providers = providers;
        this.suspicion = suspicion;
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

    /** Asks a connection's provider for something; that it does not know the link is looked into. */
    public <T> Uni<T> ask(Connection connection, String traceparent, Function<Provider, Uni<T>> question) {
        return question.apply(providers.get(connection.provider()))
                .onFailure(Witnesses::isGone)
                .recoverWithUni(() -> gone(connection, traceparent));
    }

    /** Takes in an answer of the provider and goes on in that transaction; fails when the connection was removed. */
    public <T> Uni<T> taken(
            Connection of,
            LinkState state,
            Instant askedAt,
            String traceparent,
            BiFunction<Connection, Moment, Uni<T>> then) {
        return states.sealed(of, state)
                .chain(storable -> database.ofTenant(of.tenantId(), () -> {
                    Moment moment = new Moment(clock.instant(), traceparent);
                    return connections
                            .locked(of.tenantId(), of.id())
                            .invoke(PresentState::requireThere)
                            .call(connection -> states.take(connection, storable, askedAt, moment))
                            .chain(connection -> then.apply(connection, moment));
                }))
                .invoke(states::relay);
    }

    private <T> Uni<T> gone(Connection of, String traceparent) {
        Instant now = clock.instant();
        return database.ofTenant(of.tenantId(), () -> connections
                        .locked(of.tenantId(), of.id())
                        .invoke(PresentState::requireThere)
                        .call(connection -> suspicion.of(connection, new Moment(now, traceparent))))
                .chain(() -> Uni.createFrom()
                        .failure(new ProviderException(new ProviderFailure.Unavailable(now.plus(LOOKED_INTO)))));
    }

    private static void requireThere(Connection connection) {
        if (connection.isRemoved()) {
            throw ProblemCode.CONNECTION_NOT_FOUND.problem();
        }
    }
}
