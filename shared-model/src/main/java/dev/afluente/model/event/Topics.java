package dev.afluente.model.event;

import java.util.List;

/**
 * The Kafka topics that join the services. A record's key is the item id on {@link #PLUGGY_WEBHOOKS} and the
 * connection id everywhere else, so that one connection's records stay in order.
 */
public final class Topics {
    /** Pluggy's notifications, proved genuine, as the raw bytes that were received. */
    public static final String PLUGGY_WEBHOOKS = "pluggy.webhooks";

    /**
     * Genuine requests that are not events, as the raw bytes that were received, with the reason in the header {@link
     * #DEAD_LETTER_REASON}. A record's key is a hash of the bytes.
     */
    public static final String PLUGGY_WEBHOOKS_DEAD_LETTERS = "pluggy.webhooks.dead-letters";

    /** The header that says why a record is a dead letter: a stable key in snake case. */
    public static final String DEAD_LETTER_REASON = "dead_letter_reason";

    /** {@link ConnectionEvent}s, written by connection-service. */
    public static final String CONNECTIONS = "banking.connections";

    /**
     * Records connection-service could not understand: where each one lies and a stable reason, never its content, so
     * that nothing private is kept a second time. A record's key is the place: topic, partition, offset.
     */
    public static final String CONNECTIONS_DEAD_LETTERS = "banking.connections.dead-letters";

    /** {@link SyncRequest}s, written by connection-service. */
    public static final String SYNC_REQUESTS = "banking.sync-requests";

    /** {@link NotificationEvent}s, written by connection-service. */
    public static final String NOTIFICATIONS = "banking.notifications";

    /** {@link SyncFinished}, written by sync-service. */
    public static final String SYNC_RESULTS = "banking.sync-results";

    /** {@link TransactionsMerged}, written by sync-service. */
    public static final String TRANSACTIONS = "banking.transactions";

    /** Every topic a deployment has to create. */
    public static final List<String> ALL = List.of(
            PLUGGY_WEBHOOKS,
            PLUGGY_WEBHOOKS_DEAD_LETTERS,
            CONNECTIONS,
            CONNECTIONS_DEAD_LETTERS,
            SYNC_REQUESTS,
            NOTIFICATIONS,
            SYNC_RESULTS,
            TRANSACTIONS);

    private Topics() {}
}
