package dev.afluente.sync.source.limit;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;

/**
 * How each provider is asked, whatever it is asked for. How many calls a minute this instance may make at each of a
 * provider's endpoints is {@code afluente.sync.calls-per-minute.<provider>}: the provider's limit divided by the number of
 * instances. Without it there is no limit but the provider's word.
 */
@ApplicationScoped
public class Limits {
    private static final String LIMIT = "afluente.sync.calls-per-minute.";

    private final Map<String, Asking> byProvider = new ConcurrentHashMap<>();
    private final Config config;
    private final Vertx vertx;
    private final MeterRegistry metrics;

    @Inject
    public Limits(Config config, Vertx vertx, MeterRegistry metrics) {
        this.config = config;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    /** Returns the one way to ask a provider. */
    public Asking of(String provider) {
        return byProvider.computeIfAbsent(
                provider,
                key -> new Asking(
                        key,
                        config.getOptionalValue(LIMIT + key, Integer.class).orElse(Integer.MAX_VALUE),
                        vertx,
                        metrics));
    }
}
