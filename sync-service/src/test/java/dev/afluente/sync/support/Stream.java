package dev.afluente.sync.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.ConnectionEvent;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.TraceParent;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka as the other services write it. */
public final class Stream {
    private static KafkaProducer<String, byte[]> producer;

    private Stream() {}

    /** What connection-service writes when a person has connected a bank. */
    public static void linked(String tenant, String user, UUID connection, String item) {
        ConnectionEvent.Link link = new ConnectionEvent.Link("pluggy", item, "Banco de Teste");
        send(new ConnectionEvent.Linked(tenant, user, connection, 1, Instant.now(), link));
    }

    /** What connection-service writes when a connection is removed. */
    public static void removed(String tenant, String user, UUID connection, String item) {
        ConnectionEvent.Link link = new ConnectionEvent.Link("pluggy", item, "Banco de Teste");
        send(new ConnectionEvent.Removed(tenant, user, connection, 2, Instant.now(), link));
    }

    /** What the door writes for a notification. */
    public static void notified(String eventId, String kind, String item, String body) {
        CloudEvent event = new CloudEvent(
                eventId, "/afluente/webhook-service", "ai.pluggy." + kind, item, Instant.now(), TraceParent.fresh());
        send(Topics.PLUGGY_WEBHOOKS, item, event.headers(), body);
    }

    public static void notified(String kind, String item) {
        String id = UUID.randomUUID().toString();
        notified(id, kind, item, "{\"event\":\"" + kind + "\",\"eventId\":\"" + id + "\",\"itemId\":\"" + item + "\"}");
    }

    public static void send(String topic, String key, Iterable<Header> headers, String body) {
        try {
            producer()
                    .send(new ProducerRecord<>(topic, null, key, body == null ? null : body.getBytes(UTF_8), headers))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What connection-service writes. */
    public static void send(BankingEvent event) {
        send(event, UUID.randomUUID());
    }

    /** What connection-service writes, under an event id of the test's choice. */
    public static void send(BankingEvent event, UUID eventId) {
        CloudEvent attributes = new CloudEvent(
                eventId.toString(),
                "/afluente/connection-service",
                EventFormat.type(event),
                event.connectionId().toString(),
                Instant.now(),
                TraceParent.fresh());
        send(EventFormat.topic(event), event.connectionId().toString(), attributes.headers(), EventFormat.write(event));
    }

    private static synchronized KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            KafkaResource.server().bootstrapServers(),
                            ProducerConfig.ACKS_CONFIG,
                            "all"),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }
}
