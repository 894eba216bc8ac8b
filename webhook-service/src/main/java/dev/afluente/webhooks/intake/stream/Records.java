package dev.afluente.webhooks.intake.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.webhooks.intake.Content.Event;
import dev.afluente.webhooks.intake.Content.NotAnEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The records that leave this service: CloudEvents 1.0 in binary mode, the value being the very bytes received. */
public final class Records {

    /** Names, on a dead letter, why it is one: a key of {@link dev.afluente.webhooks.intake.Content.Reason}. */
    public static final String REASON_HEADER = Topics.DEAD_LETTER_REASON;

    private static final String SOURCE = "/afluente/webhook-service";
    private static final String TYPE_PREFIX = "ai.pluggy.";
    private static final String DEAD_LETTER_TYPE = "dev.afluente.webhook.dead-letter.v1";

    private Records() {}

    /** Keyed by item, so that one item's events stay in order. */
    public static ProducerRecord<byte[], byte[]> event(Event event, byte[] body, Instant now, String traceparent) {
        CloudEvent attributes = new CloudEvent(
                event.id(),
                SOURCE,
                TYPE_PREFIX + event.kind(),
                event.itemId(),
                now,
                TraceParent.continued(traceparent));
        return new ProducerRecord<>(
                Topics.PLUGGY_WEBHOOKS, null, event.key().getBytes(UTF_8), body, attributes.headers());
    }

    /** Keyed by the bytes' hash, so that repetitions lie together. */
    public static ProducerRecord<byte[], byte[]> deadLetter(
            NotAnEvent garbage, byte[] body, Instant now, String traceparent) {
        CloudEvent attributes =
                new CloudEvent(garbage.id(), SOURCE, DEAD_LETTER_TYPE, null, now, TraceParent.continued(traceparent));
        List<Header> headers = new ArrayList<>(attributes.headers());
        headers.removeIf(header -> header.key().equals("content-type"));
        headers.add(new RecordHeader("content-type", "application/octet-stream".getBytes(UTF_8)));
        headers.add(new RecordHeader(REASON_HEADER, garbage.reason().key().getBytes(UTF_8)));
        return new ProducerRecord<>(
                Topics.PLUGGY_WEBHOOKS_DEAD_LETTERS, null, garbage.id().getBytes(UTF_8), body, headers);
    }
}
