package dev.afluente.connections.check;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.outbox.Outbox;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.model.event.ConnectionEvent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Writes down what a provider answered: the connection's state, its event and the end of the question, together. */
@Singleton
class StateKeeper {
    private final Database database;
    private final Connections connections;
    private final StateChecks checks;
    private final Outbox outbox;

    StateKeeper(Database database, Connections connections, StateChecks checks, Outbox outbox) {
        this.database = database;
        this.connections = connections;
        this.checks = checks;
        this.outbox = outbox;
    }

    Uni<Void> told(StateCheck check, LinkState state, Instant askedAt, Instant now) {
        return store(
                check,
                connection -> connection.stateIs(state, askedAt, now),
                state.status().passing() ? CheckPause.whilePassing(check.attempts, now) : null);
    }

    Uni<Void> failed(StateCheck check, ProviderFailure failure, Instant now) {
        return failure instanceof ProviderFailure.Gone
                ? store(check, connection -> connection.isGone(now), null)
                : database.transaction(() -> checks.postpone(check, CheckPause.after(failure, check.attempts, now)));
    }

    /** @param next when to ask again; null when the question is answered */
    private Uni<Void> store(StateCheck check, Function<Connection, Optional<ConnectionEvent>> change, Instant next) {
        return database.transaction(() -> connections
                        .locked(check.tenantId, check.connectionId)
                        .chain(connection -> connection == null || connection.isRemoved()
                                ? checks.close(check)
                                : tell(change.apply(connection), check.traceparent)
                                        .chain(() ->
                                                next == null ? checks.close(check) : checks.postpone(check, next))))
                .invoke(outbox::relay);
    }

    private Uni<Void> tell(Optional<ConnectionEvent> event, String traceparent) {
        return event.map(told -> outbox.add(told, traceparent))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
