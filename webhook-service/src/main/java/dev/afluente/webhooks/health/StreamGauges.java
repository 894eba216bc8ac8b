package dev.afluente.webhooks.health;

import dev.afluente.webhooks.intake.stream.StreamState;
import dev.afluente.webhooks.intake.stream.StreamWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** One gauge per state of the stream, 1 for the one that the watch saw last and 0 for all others. */
@Singleton
class StreamGauges {

    private final MeterRegistry registry;
    private final StreamWatch watch;

    StreamGauges(MeterRegistry registry, StreamWatch watch) {
        this.registry = registry;
        this.watch = watch;
    }

    void register(@Observes StartupEvent started) {
        for (StreamState state : StreamState.values()) {
            Gauge.builder("afluente.webhook.stream.state", watch, seen -> seen.state() == state ? 1 : 0)
                    .tag("state", state.key())
                    .register(registry);
        }
    }
}
