package dev.afluente.connections.sweep;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.sweep.pace.SweepPace;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Every connection is swept from its first state until its removal, whatever state it is in. */
@Singleton
class SweepCalendar implements ConnectionListener {
    private final Tasks tasks;
    private final SweepPace pace;

    SweepCalendar(Tasks tasks, SweepPace pace) {
        this.tasks = tasks;
        this.pace = pace;
    }

    @Override
    public Uni<Void> told(Connection connection, LinkState state, Moment moment) {
        return tasks.dueUnlessThere(
                connection.tenantId(),
                connection.id(),
                SweepPace.TASK,
                pace.next(connection, moment.now()),
                moment.traceparent());
    }

    @Override
    public Uni<Void> removed(Connection connection, Moment moment) {
        return tasks.drop(connection.tenantId(), connection.id(), List.of(SweepPace.TASK));
    }
}
