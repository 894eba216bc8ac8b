package dev.afluente.model.event;

import java.util.UUID;

/**
 * What one service tells the others. The JSON form of each kind is fixed by a golden schema in
 * {@code src/main/resources/schemas}; fields are only ever added, and readers ignore what they do not know.
 */
public sealed interface BankingEvent
        permits ConnectionEvent, NotificationEvent, SyncFinished, SyncRequest, TransactionsMerged {
    /** The tenant that owns everything the event speaks of. */
    String tenantId();

    /** The connection the event belongs to: the record's key and the CloudEvents subject. */
    UUID connectionId();
}
