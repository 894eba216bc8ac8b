package dev.afluente.model.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * The life of a connection, told so that a reader can rebuild what it needs from any one event: each carries the whole
 * link, and {@link #version()} grows by one with every change, so that a late event never undoes a newer one.
 */
public sealed interface ConnectionEvent extends BankingEvent {
    /** The user who owns the connection. */
    String userId();

    /** Grows with every change of the connection, from 1. */
    long version();

    /** When the change was made, UTC. */
    Instant occurredAt();

    /** The link at the provider, e.g. Pluggy's item. */
    Link link();

    /**
     * Where a connection's data comes from.
     *
     * @param provider the provider's key, e.g. {@code pluggy}
     * @param id the provider's own id of the link
     * @param institution the bank's name for people; null when the provider does not tell
     */
    record Link(String provider, String id, String institution) {
        public Link {
            requireNonNull(provider, "provider");
            requireNonNull(id, "id");
        }
    }

    /** A person connected a bank, or connected it anew under another link. */
    record Linked(String tenantId, String userId, UUID connectionId, long version, Instant occurredAt, Link link)
            implements ConnectionEvent {
        public Linked {
            requireWhole(tenantId, userId, connectionId, version, occurredAt, link);
        }
    }

    /** What is known of the connection's state at the provider changed. */
    record Changed(
            String tenantId,
            String userId,
            UUID connectionId,
            long version,
            Instant occurredAt,
            Link link,
            String status)
            implements ConnectionEvent {
        public Changed {
            requireWhole(tenantId, userId, connectionId, version, occurredAt, link);
            requireNonNull(status, "status");
        }
    }

    /** The connection was removed by its owner or at the provider: nothing may be read for it any more. */
    record Removed(String tenantId, String userId, UUID connectionId, long version, Instant occurredAt, Link link)
            implements ConnectionEvent {
        public Removed {
            requireWhole(tenantId, userId, connectionId, version, occurredAt, link);
        }
    }

    private static void requireWhole(
            String tenantId, String userId, UUID connectionId, long version, Instant occurredAt, Link link) {
        requireNonNull(tenantId, "tenantId");
        requireNonNull(userId, "userId");
        requireNonNull(connectionId, "connectionId");
        requireNonNull(occurredAt, "occurredAt");
        requireNonNull(link, "link");
        if (version < 1) {
            throw new IllegalArgumentException("version must be 1 or more");
        }
    }
}
