package dev.afluente.sync.inbox;

import dev.afluente.model.event.format.TraceParent;
import io.vertx.core.buffer.Buffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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

    /** Returns this entry as one nobody acts on, for the reason given. */
    public InboxEntry dead(String why) {
        return new InboxEntry(eventId, provider, null, kind, data, "DEAD", why, traceparent);
    }

    /** Returns the entry of a record that is not the event its topic promises, under its place in the topic. */
    public static InboxEntry dead(ConsumerRecord<String, byte[]> received, String provider, String why) {
        String place = received.topic() + "/" + received.partition() + "/" + received.offset();
        return new InboxEntry(place, provider, null, "unknown", body(received), "DEAD", why, TraceParent.fresh());
    }

    /** Returns a record's value; empty when it has none. */
    public static Buffer body(ConsumerRecord<String, byte[]> received) {
        return received.value() == null ? Buffer.buffer() : Buffer.buffer(received.value());
    }
}
