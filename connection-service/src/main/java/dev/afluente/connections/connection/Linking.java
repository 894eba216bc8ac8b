package dev.afluente.connections.connection;

import dev.afluente.connections.check.CheckRounds;
import dev.afluente.connections.check.StateChecks;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.outbox.Outbox;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.Provider;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

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
    private final StateChecks checks;
    private final CheckRounds rounds;
    private final Outbox outbox;
    private final Clock clock;

    Linking(
            Providers providers,
            Database database,
            Connections connections,
            StateChecks checks,
            CheckRounds rounds,
            Outbox outbox,
            Clock clock) {
        this.providers = providers;
        this.database = database;
        this.connections = connections;
        this.checks = checks;
        this.rounds = rounds;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** @param made whether this call made the connection */
    record Linked(boolean made, ConnectionView connection) {}

    Uni<Linked> link(Caller caller, String linkId, String traceparent) {
        Provider provider = providers.preferred();
        return Uni.createFrom().deferred(() -> {
            Instant askedAt = clock.instant();
            return provider.claim(caller, linkId)
                    .chain(state -> database.transaction(
                            () -> store(new Link(caller, provider.key(), linkId), state, askedAt, traceparent)))
                    .invoke(outbox::relay)
                    .invoke(rounds::wake);
        });
    }

    private record Link(Caller owner, String provider, String id) {}

    private Uni<Linked> store(Link link, LinkState state, Instant askedAt, String traceparent) {
        Instant now = clock.instant();
        return connections.claim(link.owner(), link.provider(), link.id(), now).chain(made -> connections
                .lockedByLink(link.owner().tenant(), link.provider(), link.id())
                .invoke(connection -> requireOwn(connection, link.owner()))
                .call(connection -> connection
                        .stateIs(state, askedAt, now)
                        .map(event -> outbox.add(event, traceparent))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                // What the provider told between its answer and this commit reached a link nobody knew yet.
                .call(connection -> made
                        ? checks.due(connection.tenantId, connection.id, now, traceparent)
                        : Uni.createFrom().voidItem())
                .map(connection -> new Linked(made, ConnectionView.of(connection, now))));
    }

    private static void requireOwn(Connection connection, Caller owner) {
        if (connection.isRemoved() || !connection.userId.equals(owner.user())) {
            throw new ProviderException(new ProviderFailure.Gone());
        }
    }
}
