package dev.afluente.connections.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records that are being tried again, since their first failure; at most one per channel. For any thread. */
@Singleton
class Waiting {
    /** Records have no equality of their own. */
    private final Map<ConsumerRecord<?, ?>, Long> since = new ConcurrentHashMap<>();

    Waiting(MeterRegistry registry) {
        Gauge.builder("afluente.intake.waiting", this, self -> self.longest().toSeconds())
                .baseUnit("seconds")
                .register(registry);
    }

    void refused(ConsumerRecord<?, ?> record) {
        since.putIfAbsent(record, System.nanoTime());
    }

    void over(ConsumerRecord<?, ?> record) {
        since.remove(record);
    }

    /** How long that record has waited that has waited longest; zero when none does. */
    Duration longest() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                since.values().stream().mapToLong(first -> now - first).max().orElse(0));
    }
}
