package dev.afluente.connections.notification;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener;
import dev.afluente.connections.notification.Needs.Cause;
import dev.afluente.connections.outbox.Outbox;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.model.event.NotificationEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Keeps what a person was told equal to what needs them: row and event in the transaction that holds the connection's
 * row. Each cause is raised once, however often it is seen; a changed one takes the place of the old; each raised one is
 * cleared exactly once, at the latest with the connection. Repeatable.
 */
@Singleton
class Notices implements ConnectionListener {
    private final Notifications notifications;
    private final Outbox outbox;

    Notices(Notifications notifications, Outbox outbox) {
        this.notifications = notifications;
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> told(Connection connection, LinkState state, Moment moment) {
        return notifications
                .open(connection)
                .chain(open -> settle(connection, open, Needs.after(causes(open), state, moment.now()), moment));
    }

    @Override
    public Uni<Void> removed(Connection connection, Moment moment) {
        return notifications.open(connection).chain(open -> settle(connection, open, Map.of(), moment));
    }

    private Uni<Void> settle(
            Connection connection, List<Notification> open, Map<NotificationKind, Cause> needs, Moment moment) {
        List<Supplier<Uni<Void>>> steps = new ArrayList<>();
        Map<NotificationKind, Cause> unsaid = new EnumMap<>(NotificationKind.class);
        unsaid.putAll(needs);
        for (Notification told : open) {
            Cause cause = needs.get(told.kind);
            if (cause == null || !Objects.equals(cause.reason(), told.reason)) {
                steps.add(() -> clear(connection, told, moment));
                continue;
            }
            unsaid.remove(told.kind);
            if (!Objects.equals(cause.dueAt(), told.dueAt)) {
                steps.add(() -> notifications.putOff(told, cause.dueAt()));
            }
        }
        unsaid.values().forEach(cause -> steps.add(() -> raise(connection, cause, moment)));
        return oneByOne(steps);
    }

    private Uni<Void> raise(Connection connection, Cause cause, Moment moment) {
        return notifications
                .raise(connection, cause, moment.now())
                .chain(id -> outbox.add(
                        new NotificationEvent.Raised(
                                connection.tenantId(),
                                connection.userId(),
                                connection.id(),
                                id,
                                cause.kind().name(),
                                cause.reason(),
                                cause.dueAt(),
                                moment.now()),
                        moment.traceparent()));
    }

    private Uni<Void> clear(Connection connection, Notification told, Moment moment) {
        return notifications
                .clear(told, moment.now())
                .chain(() -> outbox.add(
                        new NotificationEvent.Cleared(
                                connection.tenantId(),
                                connection.userId(),
                                connection.id(),
                                told.id,
                                told.kind.name(),
                                moment.now()),
                        moment.traceparent()));
    }

    private static Map<NotificationKind, Cause> causes(List<Notification> open) {
        Map<NotificationKind, Cause> causes = new EnumMap<>(NotificationKind.class);
        open.forEach(told -> causes.put(told.kind, told.cause()));
        return causes;
    }

    /** A session takes one statement at a time, and a kind is cleared before it is raised anew. */
    private static Uni<Void> oneByOne(List<Supplier<Uni<Void>>> steps) {
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToUniAndConcatenate(Supplier::get)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
