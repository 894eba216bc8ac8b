package dev.afluente.connections.notification;

import dev.afluente.connections.notification.Needs.Cause;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** Something a person was told. Read through this class; written by {@link Notifications}, in plain statements. */
@Entity
@Table(name = "notifications")
@IdClass(Notification.Key.class)
class Notification {
    @Id
    String tenantId;

    @Id
    UUID id;

    String userId;
    UUID connectionId;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "text")
    NotificationKind kind;

    String reason;
    Instant dueAt;
    Instant raisedAt;
    Instant readAt;
    Instant clearedAt;

    Cause cause() {
        return new Cause(kind, reason, dueAt);
    }

    /** Tenant first, as in every key of every table. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        private String tenantId;
        private UUID id;

        /** For the mapping. */
        Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && id.equals(key.id) && tenantId.equals(key.tenantId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(tenantId, id);
        }
    }
}
