package dev.afluente.model.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/** What needs a person, told once per cause, and that it no longer does. Carries codes only, never the bank's words. */
public sealed interface NotificationEvent extends BankingEvent {
    /** The user it is meant for. */
    String userId();

    /** The notification, under the id by which its owner reads it. */
    UUID notificationId();

    /**
     * Something needs the person.
     *
     * @param kind e.g. {@code LOGIN_ERROR}, {@code MFA_REQUIRED}, {@code CONSENT_EXPIRING}; an open enumeration
     * @param reason the cause as a stable code, e.g. {@code INVALID_CREDENTIALS}; null when there is none beyond the kind
     * @param dueAt when it is too late; null when it never is
     */
    record Raised(
            String tenantId,
            String userId,
            UUID connectionId,
            UUID notificationId,
            String kind,
            String reason,
            Instant dueAt,
            Instant occurredAt)
            implements NotificationEvent {
        public Raised {
            requireWhole(tenantId, userId, connectionId, notificationId, occurredAt);
            requireNonNull(kind, "kind");
        }
    }

    /** The cause is gone, or a newer notification took its place. */
    record Cleared(
            String tenantId, String userId, UUID connectionId, UUID notificationId, String kind, Instant occurredAt)
            implements NotificationEvent {
        public Cleared {
            requireWhole(tenantId, userId, connectionId, notificationId, occurredAt);
            requireNonNull(kind, "kind");
        }
    }

    private static void requireWhole(
            String tenantId, String userId, UUID connectionId, UUID notificationId, Instant occurredAt) {
        requireNonNull(tenantId, "tenantId");
        requireNonNull(userId, "userId");
        requireNonNull(connectionId, "connectionId");
        requireNonNull(notificationId, "notificationId");
        requireNonNull(occurredAt, "occurredAt");
    }
}
