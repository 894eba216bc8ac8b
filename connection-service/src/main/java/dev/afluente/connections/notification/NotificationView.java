package dev.afluente.connections.notification;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something a person is told, as they see it.
 *
 * @param kind e.g. {@code LOGIN_ERROR}; an open enumeration
 * @param reason a stable code; null when there is none beyond the kind
 * @param message a sentence for the person, in Portuguese; what to do is told by the connection
 * @param dueAt when it is too late; null when it never is
 * @param readAt null while it is unread
 * @param clearedAt null while the cause is there
 */
record NotificationView(
        UUID id,
        UUID connectionId,
        String kind,
        @Schema(nullable = true) String reason,
        String message,
        @Schema(nullable = true) Instant dueAt,
        Instant createdAt,
        @Schema(nullable = true) Instant readAt,
        @Schema(nullable = true) Instant clearedAt) {
    static NotificationView of(Notification told) {
        return new NotificationView(
                told.id,
                told.connectionId,
                told.kind.name(),
                told.reason,
                told.kind.message(),
                told.dueAt,
                told.raisedAt,
                told.readAt,
                told.clearedAt);
    }
}
