package dev.afluente.sync.intake;

import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.MalformedEventException;
import dev.afluente.sync.inbox.InboxEntry;
import dev.afluente.sync.source.Change;
import dev.afluente.sync.source.Source;
import io.vertx.core.buffer.Buffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells what a record of the door's topic means for this service. Pure. */
final class Notifications {
    private static final int MAX_LENGTH = 500;
    private static final String TYPE_PREFIX = "ai.pluggy.";

    private Notifications() {}

    static InboxEntry read(ConsumerRecord<String, byte[]> received, Source source) {
        Buffer data = InboxEntry.body(received);
        try {
            CloudEvent event = CloudEvent.of(received.headers());
            String kind =
                    event.type().startsWith(TYPE_PREFIX) ? event.type().substring(TYPE_PREFIX.length()) : event.type();
            if (!isPlain(event.id()) || !isPlain(kind) || !isPlain(event.subject())) {
                throw new MalformedEventException("unusable_attribute");
            }
            boolean wanted =
                    event.subject() != null && !(source.interpret(kind, data.getBytes()) instanceof Change.Nothing);
            return new InboxEntry(
                    event.id(),
                    source.provider(),
                    event.subject() == null ? null : source.link(event.subject()),
                    kind,
                    data,
                    wanted ? "WAITING" : "IGNORED",
                    null,
                    event.traceparent());
        } catch (MalformedEventException e) {
            return InboxEntry.dead(received, source.provider(), e.reason());
        } catch (RuntimeException unforeseen) {
            // One record must not cost those it came with, nor stop the channel.
            return InboxEntry.dead(received, source.provider(), "cannot_be_read");
        }
    }

    /** What PostgreSQL can keep as text and an index can hold. */
    private static boolean isPlain(String value) {
        return value == null || (value.length() <= MAX_LENGTH && value.indexOf('\0') < 0);
    }
}
