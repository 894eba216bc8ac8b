package dev.afluente.sync.intake.channel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Knows of every Kafka channel whether it gets on. Two things hold one up: what it has fetched cannot be stored now, which is
 * waited for without end; or its consumer asks Kafka for nothing any more, which nobody else would notice. A consumer asks
 * while it waits, too, and while Kafka is away. Looks every {@value #LOOK_MS} ms. For any thread.
 */
@Singleton
public class Channels {
    private static final int LOOK_MS = 5_000;

    private final KafkaClientService clients;
    private final MeterRegistry registry;
    private final Vertx vertx;
    private final Map<String, Channel> known = new ConcurrentHashMap<>();

    @Inject
    Channels(KafkaClientService clients, MeterRegistry registry, Vertx vertx) {
        this.clients = clients;
        this.registry = registry;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(1, LOOK_MS, timer -> look());
    }

    /** @param work the same for every attempt */
    void refused(String channel, Object work) {
        of(channel).refused(work, System.nanoTime());
    }

    void over(String channel, Object work) {
        of(channel).over(work);
    }

    /** What each channel does now, by name. */
    SortedMap<String, Progress> progress(Duration patience) {
        long now = System.nanoTime();
        SortedMap<String, Progress> all = new TreeMap<>();
        known.forEach((name, channel) -> all.put(
                name,
                channel.silent(now).compareTo(patience) > 0
                        ? Progress.STOPPED
                        : channel.waiting(now).compareTo(patience) > 0 ? Progress.WAITING : Progress.RUNNING));
        return all;
    }

    /** How a channel gets on. */
    enum Progress {
        RUNNING,
        WAITING,
        STOPPED
    }

    private void look() {
        long now = System.nanoTime();
        for (String consumers : clients.getConsumerChannels()) {
            // Several consumers of a channel are told apart by a number behind a dollar sign.
            Channel channel = of(consumers.replaceFirst("\\$\\d+$", ""));
            int number = 0;
            for (KafkaConsumer<?, ?> consumer : clients.getConsumers(consumers)) {
                String each = consumers + "/" + number++;
                channel.expect(each, now);
                OptionalLong ago = LastPoll.secondsAgo(consumer.unwrap());
                ago.ifPresent(seconds -> channel.polled(each, now - TimeUnit.SECONDS.toNanos(seconds)));
            }
        }
    }

    private Channel of(String name) {
        return known.computeIfAbsent(name, this::registered);
    }

    private Channel registered(String name) {
        Channel channel = new Channel();
        gauge("afluente.intake.waiting", name, channel, channel::waiting);
        gauge("afluente.intake.silent", name, channel, channel::silent);
        return channel;
    }

    private void gauge(String gauge, String name, Channel channel, Function<Long, Duration> since) {
        Gauge.builder(gauge, channel, self -> since.apply(System.nanoTime()).toSeconds())
                .baseUnit("seconds")
                .tag("channel", name)
                .register(registry);
    }
}
