package dev.afluente.webhooks.intake.stream;

import dev.afluente.webhooks.intake.IntakeConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What makes an acknowledgement mean durable and a send never wait, set over whatever {@code kafka.*} says. */
final class ProducerSettings {

    private ProducerSettings() {}

    static Map<String, Object> of(Map<String, Object> kafka, IntakeConfig intake, StreamConfig stream) {
        // Ahead of the request's own deadline, so that the producer has let go of a record when its sender is told.
        Duration delivery = intake.deadline().multipliedBy(9).dividedBy(10);
        // A black hole is noticed in time for a second try on another connection.
        Duration request = intake.deadline().multipliedBy(3).dividedBy(8);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) delivery.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) request.toMillis());
        // One request under way to a broker: what arrives meanwhile shares the next, so that batches grow with the load
        // by
        // themselves and a record that comes alone waits for nobody.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, (int) stream.linger().toMillis());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, (int) stream.batch().asLongValue());
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, stream.buffer().asLongValue());
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 50);
        settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        // The default forgets all partitions as soon as no broker is within reach, and with them what could be queued
        // through
        // a short absence. Brokers that moved for good are the watch's business: it makes a new producer.
        settings.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        reconnectQuickly(settings, request);
        return settings;
    }

    /** The watch's own client: it may wait, on its own thread, but not long. */
    static Map<String, Object> watching(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("request.timeout.ms", 1_500);
        settings.put("default.api.timeout.ms", 2_000);
        settings.put("retries", 0);
        reconnectQuickly(settings, Duration.ofMillis(1_500));
        return settings;
    }

    private static void reconnectQuickly(Map<String, Object> settings, Duration connect) {
        settings.put("reconnect.backoff.ms", 50);
        settings.put("reconnect.backoff.max.ms", 1_000);
        settings.put("socket.connection.setup.timeout.ms", connect.toMillis());
        settings.put("socket.connection.setup.timeout.max.ms", connect.toMillis());
    }
}
