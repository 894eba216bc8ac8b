package dev.afluente.connections.provider.pluggy.subscription;

import dev.afluente.model.pluggy.PluggyPages.Webhook;
import dev.afluente.model.pluggy.PluggySession;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Looks at Pluggy from time to time and puts the webhook right: makes it when it is missing, enables it when Pluggy has
 * disabled it, sends the header secret once after each start, because Pluggy never shows which one it has. Several
 * instances may do so at once: Pluggy refuses the second of two equal webhooks, and a repair says the same twice. Never
 * blocks; one look at a time.
 */
@Singleton
public class SubscriptionRounds {
    private static final Logger LOG = Logger.getLogger(SubscriptionRounds.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final String REPAIRS = "afluente.pluggy.subscription.repairs";

    private final Vertx vertx;
    private final PluggySession pluggy;
    private final SubscriptionConfig config;
    private final MeterRegistry metrics;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile SubscriptionState state = SubscriptionState.UNKNOWN;
    private volatile boolean secretSent;
    private long timer = -1;

    SubscriptionRounds(Vertx vertx, PluggySession pluggy, SubscriptionConfig config, MeterRegistry metrics) {
        this.vertx = vertx;
        this.pluggy = pluggy;
        this.config = config;
        this.metrics = metrics;
    }

    void begin(@Observes StartupEvent start) {
        metrics.gauge("afluente.pluggy.subscription.active", this, rounds -> rounds.state.isWell() ? 1 : 0);
        if (config.url().isEmpty()) {
            state = SubscriptionState.OFF;
            return;
        }
        URI url = config.url().get();
        if (!url.isAbsolute() || url.getHost() == null) {
            throw new IllegalStateException("afluente.subscription.url must be an absolute address");
        }
        Duration interval = config.interval();
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalStateException("afluente.subscription.interval must be from 1 s to 1 h");
        }
        Map<String, String> headers = config.headerSecret()
                .map(secret -> Map.of(config.headerName(), secret))
                .orElse(Map.of());
        Subscription wanted = new Subscription(url.toString(), config.event(), headers);
        timer = vertx.setPeriodic(0, interval.toMillis(), tick -> look(wanted));
    }

    @PreDestroy
    void end() {
        vertx.cancelTimer(timer);
    }

    SubscriptionState state() {
        return state;
    }

    private void look(Subscription wanted) {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        pluggy.call((client, key) -> client.webhooks(key))
                .map(page -> page.results() == null ? List.<Webhook>of() : page.results())
                .chain(found -> take(wanted.next(found, secretSent)))
                .ifNoItem()
                .after(DEADLINE)
                .fail()
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(done -> state = SubscriptionState.ACTIVE, this::failed);
    }

    private Uni<Void> take(Subscription.Step step) {
        if (step instanceof Subscription.Step.Create create) {
            state = SubscriptionState.BROKEN;
            return pluggy.call((client, key) -> client.createWebhook(key, create.webhook()))
                    .invoke(() -> repaired("created"))
                    .replaceWithVoid();
        }
        if (step instanceof Subscription.Step.Repair repair) {
            state = repair.wasDisabled() ? SubscriptionState.BROKEN : state;
            return pluggy.call((client, key) -> client.updateWebhook(key, repair.id(), repair.change()))
                    .invoke(() -> repaired(repair.wasDisabled() ? "enabled" : "secret"))
                    .replaceWithVoid();
        }
        return Uni.createFrom().voidItem();
    }

    private void repaired(String what) {
        secretSent = true;
        metrics.counter(REPAIRS, "what", what).increment();
        LOG.infof("Webhook at Pluggy put right: %s", what);
    }

    /** Keeps what was last known: that Pluggy does not answer says nothing about the webhook. */
    private void failed(Throwable failure) {
        LOG.warnf(
                "Webhook at Pluggy could not be looked after, will try again: %s",
                failure.getClass().getSimpleName());
    }
}
