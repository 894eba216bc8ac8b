package dev.afluente.connections.connection;

import dev.afluente.connections.outbox.Outbox;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.words.BankWords;
import dev.afluente.model.event.ConnectionEvent;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The one way in which a connection comes to stand differently: state, event and everybody's conclusions in the caller's
 * transaction, which holds the connection's row. What is older than what is known changes nothing and is told to
 * nobody.
 */
@Singleton
public class States {
    private final Outbox outbox;
    private final BankWords words;
    private final List<ConnectionListener> listeners;

    States(Outbox outbox, BankWords words, @All List<ConnectionListener> listeners) {
        this.outbox = outbox;
        this.words = words;
        this.listeners = listeners;
    }

    /** Sends on what has been committed; call it after the transaction. Forgetting it costs a second, not an event. */
    public void relay() {
        outbox.relay();
    }

    /** Prepares a state for {@link #take}: the bank's words are sealed, which may ask Vault. Not inside a transaction. */
    public Uni<LinkState> sealed(Connection connection, LinkState told) {
        return words.sealed(connection.tenantId(), connection.id(), told);
    }

    /** As above, for a connection that may have no row yet. */
    public Uni<LinkState> sealed(String tenant, UUID connection, LinkState told) {
        return words.sealed(tenant, connection, told);
    }

    /**
     * Takes in what a provider told.
     *
     * @param told as {@link #sealed} returned it; words that nobody sealed are not stored
     * @param askedAt when it was asked: orders states that it gave the same time
     */
    public Uni<Void> take(Connection connection, LinkState told, Instant askedAt, ConnectionListener.Moment moment) {
        connection.isFound();
        if (!connection.isNews(told, askedAt)) {
            return Uni.createFrom().voidItem();
        }
        return tell(connection.stateIs(told, askedAt, moment.now()), moment)
                .chain(() -> each(listener -> listener.told(connection, told, moment)));
    }

    /** Takes in that the link is no more, or that its owner wants it no more. */
    public Uni<Void> gone(Connection connection, ConnectionListener.Moment moment) {
        Optional<ConnectionEvent> event = connection.isGone(moment.now());
        return event.isEmpty()
                ? Uni.createFrom().voidItem()
                : tell(event, moment).chain(() -> each(listener -> listener.removed(connection, moment)));
    }

    private Uni<Void> tell(Optional<ConnectionEvent> event, ConnectionListener.Moment moment) {
        return event.map(told -> outbox.add(told, moment.traceparent()))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> each(Function<ConnectionListener, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
