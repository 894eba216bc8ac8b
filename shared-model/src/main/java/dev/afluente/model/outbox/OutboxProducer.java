package dev.afluente.model.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.model.event.format.CloudEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka producer that answers only when every in-sync replica has all records. Its calls run on a worker thread
 * because Kafka's client may block for metadata, for up to {@value #MAX_BLOCK_MS} ms a call of {@link #send}; it fails at
 * the latest {@value #DELIVERY_MS} ms after the wave of records that could not be delivered.
 */
public final class OutboxProducer implements AutoCloseable {
    private static final int MAX_BLOCK_MS = 5_000;
    private static final int DELIVERY_MS = 15_000;
    private static final int REQUEST_MS = 5_000;
    private static final int CLOSE_MS = 5_000;

    private final Vertx vertx;
    private final Map<String, Object> settings;
    private KafkaProducer<String, byte[]> producer;
    private boolean closed;

    /** A record to be: where, under which key, and what. */
    public record Message(String topic, String key, CloudEvent event, String data) {}

    /** @param kafka the service's {@code kafka.*} settings; what makes delivery safe is set on top of them */
    public OutboxProducer(Vertx vertx, Map<String, Object> kafka) {
        this.vertx = vertx;
        this.settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    }

    /**
     * Sends all messages; fails when one of them is not certain to be kept. A message follows another of its key only
     * when that one is safe, so a failure never leaves a later event in front of an earlier one.
     */
    public Uni<Void> send(List<Message> messages) {
        return Multi.createFrom()
                .iterable(waves(messages))
                .onItem()
                .transformToUniAndConcatenate(this::sendWave)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** The first message of every key, then the second of every key, and so on. */
    private static List<List<Message>> waves(List<Message> messages) {
        List<List<Message>> waves = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Message message : messages) {
            int wave = seen.merge(message.key(), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(message);
        }
        return waves;
    }

    private Uni<Void> sendWave(List<Message> wave) {
        return vertx.<CompletableFuture<Void>>executeBlocking(Uni.createFrom().item(() -> sendNow(wave)))
                .chain(sent -> Uni.createFrom().completionStage(sent));
    }

    private CompletableFuture<Void> sendNow(List<Message> messages) {
        List<CompletableFuture<Void>> acknowledged = new ArrayList<>(messages.size());
        for (Message message : messages) {
            CompletableFuture<Void> sent = sendOne(message);
            acknowledged.add(sent);
            if (sent.isCompletedExceptionally()) {
                // Kafka is not there: every further record would wait as long for it, one after the other.
                break;
            }
        }
        return CompletableFuture.allOf(acknowledged.toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> sendOne(Message message) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                message.topic(),
                null,
                message.key(),
                message.data().getBytes(UTF_8),
                message.event().headers());
        // The callback tells how it ended; the future would only tell it again.
        Future<RecordMetadata> unused = connected().send(record, (metadata, failure) -> {
            if (failure == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }

    /** Made at first use: a broker whose name does not resolve yet must not keep the service from starting. */
    private synchronized KafkaProducer<String, byte[]> connected() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    /** Blocks for up to {@value #CLOSE_MS} ms for what is on its way; what is not sent then fails and stays in the outbox. */
    @Override
    public synchronized void close() {
        closed = true;
        if (producer != null) {
            producer.close(Duration.ofMillis(CLOSE_MS));
        }
    }
}
