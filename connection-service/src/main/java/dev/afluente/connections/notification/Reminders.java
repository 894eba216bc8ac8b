package dev.afluente.connections.notification;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.consent.ConsentTerm;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.outbox.Outbox;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.task.Task;
import dev.afluente.connections.task.TaskHandler;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Looks at a connection again when its consent comes nearer to its end, and when it ends: the only causes that come with
 * time alone. The next moment lies in the database, is worked out anew with every state, and survives restarts; who
 * looks twice tells nothing twice. Asks no provider.
 */
@Singleton
class Reminders implements TaskHandler, ConnectionListener {
    private static final String KIND = "REMIND";

    private final Database database;
    private final Connections connections;
    private final Tasks tasks;
    private final Notices notices;
    private final Outbox outbox;
    private final Clock clock;

    Reminders(Database database, Connections connections, Tasks tasks, Notices notices, Outbox outbox, Clock clock) {
        this.database = database;
        this.connections = connections;
        this.tasks = tasks;
        this.notices = notices;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> told(Connection connection, LinkState state, Moment moment) {
        Instant next = ConsentTerm.next(state.consent(), moment.now());
        return next == null
                ? removed(connection, moment)
                : tasks.due(connection.tenantId(), connection.id(), KIND, next, moment.traceparent());
    }

    @Override
    public Uni<Void> removed(Connection connection, Moment moment) {
        return tasks.drop(connection.tenantId(), connection.id(), List.of(KIND));
    }

    @Override
    public Uni<Void> handle(Task task) {
        Moment moment = new Moment(clock.instant(), task.traceparent());
        return database.ofTenant(task.tenantId(), () -> connections
                        .locked(task.tenantId(), task.connectionId())
                        .chain(connection -> connection == null || connection.isRemoved()
                                ? tasks.close(task)
                                : remind(task, connection, moment)))
                .invoke(outbox::relay);
    }

    private Uni<Void> remind(Task task, Connection connection, Moment moment) {
        LinkState state = connection.state();
        Instant next = ConsentTerm.next(state.consent(), moment.now());
        return notices.told(connection, state, moment)
                .chain(() -> next == null ? tasks.close(task) : tasks.postpone(task, next));
    }

    /** Never happens: nobody is asked. */
    @Override
    public Uni<Void> refused(Task task, ProviderFailure failure) {
        return Uni.createFrom().voidItem();
    }
}
