package dev.afluente.webhooks.intake.stream;

import dev.afluente.webhooks.intake.IntakeConfig;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The way into Kafka. An append is kept when every in-sync replica has it; until then nothing is said.
 *
 * <p>Never waits, so that it may be called on an event loop: {@code send} waits for two things only, a topic's partitions and
 * room in the buffer, and with {@code max.block.ms=0} it gives up on both at once. The partitions are kept known by
 * {@link StreamWatch}, on its own thread. What Kafka does not settle within its delivery time-out is not kept; nothing else is
 * retried here, because the sender will.
 *
 * <p>Holds at most {@link StreamConfig#buffer()}.
 */
@Singleton
public class Stream {

    private final Map<String, Object> settings;
    private final Duration closing;
    private final AtomicReference<KafkaProducer<byte[], byte[]>> producer = new AtomicReference<>();
    private volatile boolean spoiled;
    private volatile long lastKept = System.nanoTime();
    private volatile long lastLost = lastKept - 1;

    Stream(@Identifier("default-kafka-broker") Map<String, Object> kafka, IntakeConfig intake, StreamConfig stream) {
        intake.validate();
        settings = ProducerSettings.of(kafka, intake, stream);
        closing = intake.deadline();
    }

    /** Tells how a record ended: once, on the caller's thread or the producer's. */
    @FunctionalInterface
    public interface Ending {
        /** @param kept whether it is certain that the record is kept; false also means that it may be */
        void told(boolean kept);
    }

    /** Sends a record on its way. Never fails. */
    public void append(ProducerRecord<byte[], byte[]> record, Ending ending) {
        KafkaProducer<byte[], byte[]> current = producer.get();
        if (current == null) {
            ending.told(false);
            return;
        }
        try {
            // The callback tells how it ended; the future would only tell it again.
            var unused = current.send(record, (metadata, failure) -> settled(failure, ending));
        } catch (KafkaException | IllegalStateException e) {
            // Thrown instead of called back when the producer is closed or cannot take anything any more.
            settled(e, ending);
        }
    }

    private void settled(Exception failure, Ending ending) {
        if (failure == null) {
            lastKept = System.nanoTime();
        } else {
            lastLost = System.nanoTime();
            // Waiting cures a retriable failure; after any other the producer itself may be what is wrong.
            spoiled |= !(failure instanceof RetriableException);
        }
        ending.told(failure == null);
    }

    /** Whether the most recent record to be settled was lost, and not longer ago than that. */
    boolean losing(Duration window) {
        long lost = lastLost;
        return lost - lastKept > 0 && System.nanoTime() - lost < window.toNanos();
    }

    /** The producer shall be made anew at the next {@link #prepare}. */
    void renew() {
        spoiled = true;
    }

    /**
     * Sees to it that there is a sound producer that knows the topic's partitions. Called by the watch only, on its thread.
     *
     * @throws KafkaException when there is none yet: no broker could be found, or none has answered
     */
    void prepare(Iterable<String> topics) {
        KafkaProducer<byte[], byte[]> current = producer.get();
        if (current != null && spoiled) {
            Log.warn("stream: producer_replaced");
            producer.set(null);
            current.close(Duration.ZERO);
            current = null;
        }
        if (current == null) {
            spoiled = false;
            current = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer.set(current);
        }
        for (String topic : topics) {
            // Asks for what is not known and returns at once; also keeps an idle topic from being forgotten.
            var unused = current.partitionsFor(topic);
        }
    }

    @PreDestroy
    void close() {
        KafkaProducer<byte[], byte[]> current = producer.getAndSet(null);
        if (current != null) {
            current.close(closing);
        }
    }
}
