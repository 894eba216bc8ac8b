package dev.afluente.connections.schedule;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps every connection that can succeed on the calendar of the automatic sync, and no other: a state puts it on or
 * takes it off in the transaction in which it is taken in. A connection's date and its task are written together.
 */
@Singleton
class Calendar implements ConnectionListener {
    static final String TASK = "AUTOMATIC";

    private final Tasks tasks;
    private final ScheduleConfig config;

    Calendar(Tasks tasks, ScheduleConfig config) {
        config.validate();
        this.tasks = tasks;
        this.config = config;
    }

    @Override
    public Uni<Void> told(Connection connection, LinkState state, Moment moment) {
        if (state.status().passing()) {
            return Uni.createFrom().voidItem();
        }
        if (!AutomaticStep.canSucceed(state, moment.now())) {
            return takeOff(connection);
        }
        if (connection.automaticAt() != null) {
            return Uni.createFrom().voidItem();
        }
        Instant at = next(connection, moment.now());
        connection.automaticAt(at);
        return tasks.due(connection.tenantId(), connection.id(), TASK, at, moment.traceparent());
    }

    @Override
    public Uni<Void> removed(Connection connection, Moment moment) {
        return takeOff(connection);
    }

    Uni<Void> takeOff(Connection connection) {
        connection.automaticAt(null);
        return tasks.drop(connection.tenantId(), connection.id(), List.of(TASK));
    }

    /** Returns the connection's next date after a moment. */
    Instant next(Connection connection, Instant after) {
        return byChance(Slots.next(connection.tenantId(), connection.id(), after, config.interval()), config.jitter());
    }

    static Instant byChance(Instant at, Duration most) {
        return at.plusMillis(ThreadLocalRandom.current().nextLong(most.toMillis() + 1));
    }
}
