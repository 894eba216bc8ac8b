package dev.afluente.model.event.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.ConnectionEvent;
import dev.afluente.model.event.NotificationEvent;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.SyncRequest;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.TransactionsMerged;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JSON form of {@link BankingEvent}s: snake_case, RFC 3339 times in UTC, unknown fields ignored. Independent of the
 * JSON settings of the service around it, so that a setting there can never change what is on the wire.
 */
public final class EventFormat {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Map<String, Class<? extends BankingEvent>> KINDS = Map.of(
            "dev.afluente.connection.linked.v1", ConnectionEvent.Linked.class,
            "dev.afluente.connection.changed.v1", ConnectionEvent.Changed.class,
            "dev.afluente.connection.removed.v1", ConnectionEvent.Removed.class,
            "dev.afluente.notification.raised.v1", NotificationEvent.Raised.class,
            "dev.afluente.notification.cleared.v1", NotificationEvent.Cleared.class,
            "dev.afluente.sync.requested.v1", SyncRequest.Requested.class,
            "dev.afluente.sync.released.v1", SyncRequest.Released.class,
            "dev.afluente.sync.abandoned.v1", SyncRequest.Abandoned.class,
            "dev.afluente.sync.finished.v1", SyncFinished.class,
            "dev.afluente.transactions.merged.v1", TransactionsMerged.class);

    private static final Map<Class<? extends BankingEvent>, String> TYPES =
            KINDS.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private EventFormat() {}

    /** Returns every CloudEvents {@code type} this version reads and writes; each has its schema. */
    public static Set<String> types() {
        return KINDS.keySet();
    }

    /** Returns the CloudEvents {@code type} of an event. */
    public static String type(BankingEvent event) {
        return TYPES.get(event.getClass());
    }

    /** Returns the topic an event is written to. */
    public static String topic(BankingEvent event) {
        if (event instanceof ConnectionEvent) {
            return Topics.CONNECTIONS;
        }
        if (event instanceof NotificationEvent) {
            return Topics.NOTIFICATIONS;
        }
        if (event instanceof SyncRequest) {
            return Topics.SYNC_REQUESTS;
        }
        return event instanceof SyncFinished ? Topics.SYNC_RESULTS : Topics.TRANSACTIONS;
    }

    /** Returns the event's data as JSON text. */
    public static String write(BankingEvent event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event of our own could not be written", e);
        }
    }

    /**
     * Reads an event back.
     *
     * @return the event, or null when {@code type} is one this version does not know: newer writers may add kinds
     * @throws MalformedEventException when the data is not what {@code type} promises
     */
    public static BankingEvent read(String type, byte[] data) throws MalformedEventException {
        Class<? extends BankingEvent> kind = KINDS.get(type);
        if (kind == null) {
            return null;
        }
        if (data == null) {
            throw new MalformedEventException("no_data");
        }
        try {
            BankingEvent event = JSON.readValue(data, kind);
            if (event == null) {
                throw new MalformedEventException("no_data");
            }
            return event;
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedEventException("unreadable_data");
        }
    }
}
