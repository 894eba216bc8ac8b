package dev.afluente.connections.sweep;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.connections.asked.AskedRuns;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.outbox.Outbox;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.sweep.pace.SweepConfig;
import dev.afluente.model.event.SyncRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Compares what a provider tells of a connection with what has been read of it, and asks for what has not, in the
 * transaction that holds the connection's row.
 */
@Singleton
class Comparison {
    /** The name in the history of a run that was asked for because a notification was lost. */
    private static final String LOST = "SWEEPER";

    /** The name of one that was asked for because another, of which no notification was lost, came to nothing. */
    private static final String SLOW = "AUTOMATIC";

    private final Reads reads;
    private final AskedRuns runs;
    private final Outbox outbox;
    private final SweepConfig config;

    Comparison(Reads reads, AskedRuns runs, Outbox outbox, SweepConfig config) {
        this.reads = reads;
        this.runs = runs;
        this.outbox = outbox;
        this.config = config;
    }

    /** @param before how the connection was known to stand before the provider was asked */
    Uni<Found> of(Connection connection, LinkState.Status before, Moment moment) {
        LinkState state = connection.state();
        boolean unheard = state.status() != before && isOld(state.asOf(), moment.now());
        return runs.waiting(connection)
                .chain(run -> reads.of(connection)
                        // What had been collected when the connection was made is told by the connection itself.
                        .map(reading -> reading.toldAt(connection.createdAt())
                                .step(state, run != null, ripe(connection), moment.now())))
                .call(step -> switch (step) {
                    case LOST, AGAIN -> request(LOST, connection, state.lastRead(), moment);
                    case SLOW -> request(SLOW, connection, state.lastRead(), moment);
                    case NOTHING, LATER -> Uni.createFrom().voidItem();
                })
                .map(step -> new Found(step, unheard));
    }

    /**
     * Returns when what the provider read last is old enough to count as never told. Of a new connection all of it is
     * news, however long ago it was read.
     */
    Instant ripe(Connection connection) {
        Instant read = connection.state().lastRead();
        Instant there = connection.createdAt();
        return (read == null || read.isBefore(there) ? there : read).plus(config.grace());
    }

    private boolean isOld(Instant asOf, Instant now) {
        return !asOf.isAfter(now.minus(config.grace()));
    }

    private Uni<Void> request(String trigger, Connection connection, Instant because, Moment moment) {
        return reads.asked(connection, because)
                .chain(() -> outbox.add(
                        new SyncRequest.Requested(
                                connection.tenantId(),
                                connection.userId(),
                                connection.id(),
                                UuidCreator.getTimeOrderedEpoch(),
                                trigger,
                                false,
                                moment.now(),
                                connection.link()),
                        moment.traceparent()));
    }
}
