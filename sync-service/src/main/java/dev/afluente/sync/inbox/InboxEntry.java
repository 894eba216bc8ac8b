package dev.afluente.sync.inbox;

import io.vertx.core.buffer.Buffer;

/**
 * A record from Kafka on its way into the inbox.
 *
 * @param eventId unique per event; for a record without one, its place in the topic
 * @param linkId the provider's link it speaks of; null when none
 * @param kind e.g. {@code item/updated}
 * @param state where it goes unless its connection is found: {@code WAITING}, {@code IGNORED} or {@code DEAD}
 * @param reason why it is dead; null otherwise
 */
public record InboxEntry(
        String eventId,
        String provider,
        String linkId,
        String kind,
        Buffer data,
        String state,
        String reason,
        String traceparent) {

    /** Tells whether the event asks for a sync. */
    public boolean asksForSync() {
        return state.equals("WAITING");
    }
}
