package dev.afluente.connections.sweep;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.connections.asked.AskedRuns;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.outbox.Outbox;
import dev.afluente.connections.provider.LinkState;
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
    private static final String TRIGGER = "SWEEPER";

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
                        .map(reading -> reading.step(state, run != null, ripe(connection), moment.now())))
                .call(step -> step == Reading.Step.LOST || step == Reading.Step.AGAIN
                        ? request(connection, state.lastRead(), moment)
                        : Uni.createFrom().voidItem())
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

    private Uni<Void> request(Connection connection, Instant because, Moment moment) {
        return reads.asked(connection, because)
                .chain(() -> outbox.add(
                        new SyncRequest.Requested(
                                connection.tenantId(),
                                connection.userId(),
                                connection.id(),
                                UuidCreator.getTimeOrderedEpoch(),
                                TRIGGER,
                                false,
                                moment.now(),
                                connection.link()),
                        moment.traceparent()));
    }
}
