package dev.afluente.connections.provider.pluggy.subscription;

import dev.afluente.connections.database.Schema.SchemaReady;
import dev.afluente.model.outage.Outage;
import dev.afluente.model.pluggy.PluggyConfig;
import dev.afluente.model.pluggy.PluggyPages.Webhook;
import dev.afluente.model.pluggy.PluggyPages.WebhookChange;
import dev.afluente.model.pluggy.PluggySession;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks at Pluggy from time to time and puts the webhook right: makes it when it is missing, enables it when Pluggy has
 * disabled it, and sends the header secret whenever the webhook is not as it was when this secret was last sent
 * ({@link SentSecrets}), because Pluggy never shows which one it has. Several instances may do so at once: Pluggy refuses the
 * second of two equal webhooks, a repair says the same twice, and of two secrets that of the process that started last is
 * sent. Never blocks; one look at a time.
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
    private final Outage outage = new Outage(LOG, "Webhook at Pluggy is not looked after");
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile SubscriptionState state = SubscriptionState.UNKNOWN;
    private final SentSecrets sent;
    private final PluggyConfig keys;
    private final Instant started;
    private Ours ours;
    private long timer = -1;

    /** @param keys hold what the fingerprint of the secret is made with */
    SubscriptionRounds(
            Vertx vertx,
            PluggySession pluggy,
            SubscriptionConfig config,
            MeterRegistry metrics,
            SentSecrets sent,
            PluggyConfig keys,
            Clock clock) {
        this.vertx = vertx;
        this.pluggy = pluggy;
        this.config = config;
        this.metrics = metrics;
        this.sent = sent;
        this.keys = keys;
        this.started = clock.instant();
    }

    /** What this process wants. */
    private record Ours(Subscription wanted, String fingerprint, Instant started) {}

    /** @throws IllegalStateException with the name of the property that makes no sense */
    void check(@Observes StartupEvent start) {
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
    }

    /** What was sent last is asked of the database, which may come later than the service. */
    synchronized void begin(@Observes SchemaReady ready) {
        if (config.url().isEmpty()) {
            return;
        }
        Map<String, String> headers = config.headerSecret()
                .map(secret -> Map.of(config.headerName(), secret))
                .orElse(Map.of());
        Subscription wanted = new Subscription(config.url().get().toString(), config.event(), headers);
        String fingerprint = SentSecret.fingerprint(headers, keys.clientSecret().orElse("-"));
        ours = new Ours(wanted, fingerprint, started);
        timer = vertx.setPeriodic(0, config.interval().toMillis(), tick -> look());
    }

    @PreDestroy
    synchronized void end() {
        vertx.cancelTimer(timer);
    }

    SubscriptionState state() {
        return state;
    }

    /** What was last known is kept while Pluggy does not answer: that says nothing about the webhook. */
    private void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        WebhookPages.all(page -> pluggy.call((client, key) -> client.webhooks(key, page)))
                .chain(found ->
                        sent.of(ours.wanted).map(last -> ours.wanted.next(found, last, ours.fingerprint, ours.started)))
                .chain(this::take)
                .ifNoItem()
                .after(DEADLINE)
                .fail()
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(
                        found -> {
                            outage.over();
                            state = found;
                        },
                        outage::failed);
    }

    private Uni<SubscriptionState> take(Subscription.Step step) {
        if (step instanceof Subscription.Step.Create create) {
            state = SubscriptionState.BROKEN;
            return send(
                    "created",
                    create.webhook(),
                    () -> pluggy.call((client, key) -> client.createWebhook(key, create.webhook())));
        }
        if (step instanceof Subscription.Step.Repair repair) {
            state = repair.wasDisabled() ? SubscriptionState.BROKEN : state;
            return send(
                    repair.wasDisabled() ? "enabled" : "secret",
                    repair.change(),
                    () -> pluggy.call((client, key) -> client.updateWebhook(key, repair.id(), repair.change())));
        }
        return Uni.createFrom()
                .item(step instanceof Subscription.Step.Leave ? SubscriptionState.BROKEN : SubscriptionState.ACTIVE);
    }

    private Uni<SubscriptionState> send(String what, WebhookChange change, Supplier<Uni<Webhook>> call) {
        if (change.headers() == null) {
            return call.get().invoke(() -> repaired(what)).replaceWith(SubscriptionState.ACTIVE);
        }
        return sent.sending(ours.wanted, ours.fingerprint, ours.started)
                .chain(mine -> mine
                        ? call.get()
                                .invoke(() -> repaired(what))
                                .chain(webhook -> sent.answered(ours.wanted, ours.fingerprint, webhook))
                                .replaceWith(SubscriptionState.ACTIVE)
                        : Uni.createFrom().item(state));
    }

    private void repaired(String what) {
        metrics.counter(REPAIRS, "what", what).increment();
        LOG.infof("Webhook at Pluggy put right: %s", what);
    }
}
