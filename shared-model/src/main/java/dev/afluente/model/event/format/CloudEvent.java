package dev.afluente.model.event.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The attributes of an event as they travel in a Kafka record's headers: CloudEvents 1.0, Kafka protocol binding,
 * binary content mode. The record's value is the data, as JSON.
 *
 * @param id unique per event; the consumer's inbox drops what it has seen
 * @param source the service that wrote the event, e.g. {@code /afluente/webhook-service}
 * @param type e.g. {@code dev.afluente.connection.linked.v1}
 * @param subject the item or connection the event is about; null when there is none
 * @param time when it was written, UTC
 * @param traceparent the trace that caused it
 */
public record CloudEvent(String id, String source, String type, String subject, Instant time, String traceparent) {
    private static final String ID = "ce_id";
    private static final String SOURCE = "ce_source";
    private static final String TYPE = "ce_type";
    private static final String SUBJECT = "ce_subject";
    private static final String TIME = "ce_time";
    private static final String TRACE_PARENT = "traceparent";
    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header JSON = header("content-type", "application/json");

    /** Returns the headers of the record that carries this event. */
    public List<Header> headers() {
        Header sourceHeader = header(SOURCE, source);
        Header typeHeader = header(TYPE, type);
        Header timeHeader = header(TIME, InstantText.of(time));
        Header traceHeader = header(TRACE_PARENT, traceparent);
        return subject == null
                ? List.of(SPEC_VERSION, JSON, header(ID, id), sourceHeader, typeHeader, timeHeader, traceHeader)
                : List.of(
                        SPEC_VERSION,
                        JSON,
                        header(ID, id),
                        sourceHeader,
                        typeHeader,
                        timeHeader,
                        traceHeader,
                        header(SUBJECT, subject));
    }

    /**
     * Reads the attributes back.
     *
     * @throws MalformedEventException when {@code id}, {@code source} or {@code type} is missing
     */
    public static CloudEvent of(Headers headers) throws MalformedEventException {
        return new CloudEvent(
                required(headers, ID),
                required(headers, SOURCE),
                required(headers, TYPE),
                value(headers, SUBJECT),
                time(value(headers, TIME)),
                TraceParent.continued(value(headers, TRACE_PARENT)));
    }

    private static Instant time(String text) {
        try {
            return text == null ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeException e) {
            // Optional in CloudEvents: a bad clock on the writer's side must not cost the event.
            return Instant.EPOCH;
        }
    }

    private static String required(Headers headers, String name) throws MalformedEventException {
        String value = value(headers, name);
        if (value == null || value.isEmpty()) {
            throw new MalformedEventException("missing_" + name);
        }
        return value;
    }

    private static String value(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
