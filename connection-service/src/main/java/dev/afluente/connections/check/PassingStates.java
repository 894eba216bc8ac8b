package dev.afluente.connections.check;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Sees to it that a state that is bound to pass is asked for, whoever told it: its notification may be lost. */
@Singleton
class PassingStates implements ConnectionListener {
    private final Tasks tasks;

    PassingStates(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Uni<Void> told(Connection connection, LinkState state, Moment moment) {
        return state.status().passing()
                ? tasks.dueUnlessThere(
                        connection.tenantId(),
                        connection.id(),
                        StateCheck.KIND,
                        CheckPause.whilePassing(1, moment.now()),
                        moment.traceparent())
                : Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> removed(Connection connection, Moment moment) {
        return tasks.drop(connection.tenantId(), connection.id(), List.of(StateCheck.KIND));
    }
}
