package dev.afluente.connections.check;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.connection.ConnectionView;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.connection.States;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.missing.Suspicion;
import dev.afluente.connections.missing.Witnesses;
import dev.afluente.connections.provider.Providers;
import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * Asks the provider how a connection is because its owner wants to know now, within the provider's deadline, and stores
 * the answer like any other. A link the provider does not know is looked into; meanwhile the owner sees what was known.
 */
@Singleton
class StatusQuestion {
    private final Database database;
    private final Connections connections;
    private final States states;
    private final Providers providers;
    private final PresentState present;
    private final Suspicion suspicion;
    private final Clock clock;

    StatusQuestion(
            Database database,
            Connections connections,
            States states,
            Providers providers,
            PresentState present,
            Suspicion suspicion,
            Clock clock) {
        this.database = database;
        this.connections = connections;
        this.states = states;
        this.providers = providers;
        this.present = present;
        this.suspicion = suspicion;
        this.clock = clock;
    }

    /** Fails with {@code connection_not_found} unless it is the caller's, and as the provider does. */
    Uni<ConnectionView> ask(Caller caller, UUID id, String traceparent) {
        return present.own(caller, id).chain(connection -> answer(connection, traceparent));
    }

    private Uni<ConnectionView> answer(Connection asked, String traceparent) {
        Instant askedAt = clock.instant();
        return providers
                .get(asked.provider())
                .state(asked.linkId())
                .chain(state -> states.sealed(asked, state))
                .chain(state ->
                        store(asked, connection -> states.take(connection, state, askedAt, moment(traceparent))))
                .onFailure(Witnesses::isGone)
                .recoverWithUni(() -> store(asked, connection -> suspicion.of(connection, moment(traceparent))));
    }

    private Uni<ConnectionView> store(Connection asked, Function<Connection, Uni<Void>> change) {
        return database.ofTenant(asked.tenantId(), () -> connections
                        .locked(asked.tenantId(), asked.id())
                        .invoke(connection -> {
                            if (connection.isRemoved()) {
                                throw ProblemCode.CONNECTION_NOT_FOUND.problem();
                            }
                        })
                        .call(change::apply)
                        .map(connection -> ConnectionView.of(connection, clock.instant())))
                .invoke(states::relay);
    }

    private Moment moment(String traceparent) {
        return new Moment(clock.instant(), traceparent);
    }
}
