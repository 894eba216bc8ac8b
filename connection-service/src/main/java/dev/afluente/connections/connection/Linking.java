package dev.afluente.connections.connection;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.connections.check.StateCheck;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.Provider;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import dev.afluente.connections.task.TaskRounds;
import dev.afluente.connections.task.Tasks;
import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Turns a link somebody made at a provider into their connection. The provider is asked whose link it is before
 * anything is stored; row and event are written in one transaction. The same link twice, at once or later, is one
 * connection.
 */
@Singleton
class Linking {
    private final Providers providers;
    private final Database database;
    private final Connections connections;
    private final States states;
    private final Tasks tasks;
    private final TaskRounds rounds;
    private final Clock clock;

    Linking(
            Providers providers,
            Database database,
            Connections connections,
            States states,
            Tasks tasks,
            TaskRounds rounds,
            Clock clock) {
        this.providers = providers;
        this.database = database;
        this.connections = connections;
        this.states = states;
        this.tasks = tasks;
        this.rounds = rounds;
        this.clock = clock;
    }

    /** @param made whether this call made the connection */
    record Linked(boolean made, ConnectionView connection) {}

    Uni<Linked> link(Caller caller, String linkId, String traceparent) {
        Provider provider = providers.preferred();
        return Uni.createFrom().deferred(() -> {
            Instant askedAt = clock.instant();
            Link link = new Link(UuidCreator.getTimeOrderedEpoch(), caller, provider.key(), linkId);
            return provider.claim(caller, linkId)
                    .chain(state -> states.sealed(caller.tenant(), link.connection(), state))
                    .chain(state -> database.ofTenant(caller.tenant(), () -> store(link, state, askedAt, traceparent)))
                    .invoke(states::relay)
                    .invoke(rounds::wake);
        });
    }

    /** @param connection the id of the connection if this call makes it; what was sealed is sealed for it */
    private record Link(UUID connection, Caller owner, String provider, String id) {
        LinkState forStore(Connection stored, LinkState told) {
            boolean sealedForIt = told.need() == null || stored.id.equals(connection);
            return sealedForIt ? told : told.needing(told.need().sealedAs(null));
        }
    }

    private Uni<Linked> store(Link link, LinkState state, Instant askedAt, String traceparent) {
        Instant now = clock.instant();
        return connections
                .claim(link.connection(), link.owner(), link.provider(), link.id(), now)
                .chain(made -> connections
                        .lockedByLink(link.owner().tenant(), link.provider(), link.id())
                        .invoke(connection -> requireOwn(connection, link.owner()))
                        .call(connection -> states.take(
                                connection, link.forStore(connection, state), askedAt, new Moment(now, traceparent)))
                        // What the provider told between its answer and this commit reached a link nobody knew yet.
                        // And what the bank said is sealed for the connection that was there before.
                        .call(connection -> made || state.need() != null
                                ? tasks.due(connection.tenantId, connection.id, StateCheck.KIND, now, traceparent)
                                : Uni.createFrom().voidItem())
                        .map(connection -> new Linked(made, ConnectionView.of(connection, now))));
    }

    private static void requireOwn(Connection connection, Caller owner) {
        if (connection.isRemoved() || !connection.userId.equals(owner.user())) {
            throw new ProviderException(new ProviderFailure.Gone());
        }
    }
}
