package dev.afluente.sandbox.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.fault.FaultRule;
import dev.afluente.sandbox.fault.Faults;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.journal.Journal;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Delivers notifications: three attempts at once, three more after an hour, three more after two hours, then lost; none
 * after a 401 (docs.pluggy.ai, "Webhooks"; Pluggy's guide of January 2026). Every attempt has the same body. At most
 * {@code sandbox.webhooks.concurrency} at a time, in no promised order. What is not delivered survives a restart.
 */
@Singleton
public class Deliveries {

    private static final String KIND = "delivery";
    private static final int ROUND = 3;
    private static final List<Duration> WAITS = List.of(Duration.ofHours(1), Duration.ofHours(2));
    private static final int REMEMBERED = 200;
    private static final long REORDER_MILLIS = 2000;

    private final Vertx vertx;
    private final Webhooks webhooks;
    private final Postman postman;
    private final Faults faults;
    private final Journal journal;
    private final BankClock clock;
    private final SandboxConfig.Webhooks config;
    private final Map<String, Delivery> pending = new LinkedHashMap<>();
    private final Deque<Delivery> ready = new ArrayDeque<>();
    private final List<Delivery> heldBack = new ArrayList<>();
    private final Deque<ObjectNode> done = new ArrayDeque<>();
    private int underWay;

    public Deliveries(
            Vertx vertx,
            Webhooks webhooks,
            Postman postman,
            Faults faults,
            Journal journal,
            BankClock clock,
            SandboxConfig config) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.postman = postman;
        this.faults = faults;
        this.journal = journal;
        this.clock = clock;
        this.config = config.webhooks();
    }

    synchronized void resume(@Observes StartupEvent started) {
        for (Delivery delivery : journal.restore(KIND, Delivery.class)) {
            pending.put(delivery.id(), delivery);
            plan(delivery);
        }
    }

    /** @param itemUrl the item's own URL, which gets every event of the item without custom headers; may be null */
    void send(String event, ObjectNode body, String itemUrl) {
        String text = new String(Json.bytes(body), StandardCharsets.UTF_8);
        List<Delivery> all = new ArrayList<>();
        for (Webhook webhook : webhooks.all()) {
            if (webhook.wants(event)) {
                all.add(delivery(webhook.id(), event, webhook.url(), text));
            }
        }
        if (itemUrl != null) {
            all.add(delivery(null, event, itemUrl, text));
        }
        post(all, faults.ofEvent(event).orElse(null));
    }

    private Delivery delivery(String webhookId, String event, String url, String text) {
        return new Delivery(UUID.randomUUID().toString(), webhookId, event, url, text, 0, clock.now());
    }

    private synchronized void post(List<Delivery> all, FaultRule fault) {
        String kind = fault == null ? "" : fault.kind();
        List<Delivery> before = List.copyOf(heldBack);
        heldBack.clear();
        for (Delivery delivery : all) {
            switch (kind) {
                case "lose" -> remember(delivery, 0, "lost on purpose");
                case "reorder" -> holdBack(keep(delivery));
                case "late" -> {
                    Instant later = clock.now().plusMillis(fault.effect().delayMs());
                    plan(keep(new Delivery(
                            delivery.id(),
                            delivery.webhookId(),
                            delivery.event(),
                            delivery.url(),
                            delivery.body(),
                            0,
                            later)));
                }
                case "duplicate" -> {
                    plan(keep(delivery));
                    plan(keep(delivery(delivery.webhookId(), delivery.event(), delivery.url(), delivery.body())));
                }
                default -> plan(keep(delivery));
            }
        }
        before.forEach(this::plan);
    }

    private Delivery keep(Delivery delivery) {
        pending.put(delivery.id(), delivery);
        journal.keep(KIND, delivery.id(), delivery);
        return delivery;
    }

    /** Until the next event has overtaken it, or for two seconds. */
    private void holdBack(Delivery delivery) {
        heldBack.add(delivery);
        vertx.setTimer(REORDER_MILLIS, timer -> {
            synchronized (this) {
                if (heldBack.remove(delivery)) {
                    plan(delivery);
                }
            }
        });
    }

    private void plan(Delivery delivery) {
        long wait = Duration.between(clock.now(), delivery.notBefore()).toMillis();
        if (wait > 0) {
            vertx.setTimer(wait, timer -> enqueue(delivery));
        } else {
            enqueue(delivery);
        }
    }

    private synchronized void enqueue(Delivery delivery) {
        if (pending.containsKey(delivery.id())) {
            ready.add(delivery);
            pump();
        }
    }

    private synchronized void pump() {
        while (underWay < config.concurrency() && !ready.isEmpty()) {
            Delivery delivery = ready.poll();
            underWay++;
            Webhook webhook = delivery.webhookId() == null ? null : webhooks.find(delivery.webhookId());
            Map<String, String> headers = webhook == null ? Map.of() : webhook.headers();
            postman.deliver(delivery, headers, status -> answered(delivery, status));
        }
    }

    /** {@code status} is 0 when there was no answer. */
    private synchronized void answered(Delivery delivery, int status) {
        underWay--;
        boolean taken = status >= 200 && status < 300;
        if (pending.containsKey(delivery.id())) {
            if (taken || status == 401 || delivery.isLast()) {
                pending.remove(delivery.id());
                journal.drop(KIND, delivery.id());
                remember(delivery, status, taken ? "delivered" : "failed");
            } else {
                plan(keep(delivery.next(clock.now().plus(wait(delivery.attempts() + 1)))));
            }
        }
        pump();
    }

    private Duration wait(int attempts) {
        if (attempts % ROUND != 0) {
            return Duration.ZERO;
        }
        BigDecimal millis = BigDecimal.valueOf(WAITS.get(attempts / ROUND - 1).toMillis());
        return Duration.ofMillis(millis.multiply(config.retryScale()).longValue());
    }

    private void remember(Delivery delivery, int status, String end) {
        done.add(Json.object()
                .put("event", delivery.event())
                .put("url", delivery.url())
                .put("attempts", status == 0 && end.startsWith("lost") ? 0 : delivery.attempts() + 1)
                .put("status", status)
                .put("end", end));
        if (done.size() > REMEMBERED) {
            done.poll();
        }
    }

    /** What is on its way, and the last 200 that came to an end. */
    synchronized ObjectNode toJson() {
        ArrayNode waiting = Json.array();
        pending.values().stream().limit(REMEMBERED).forEach(delivery -> waiting.addObject()
                .put("event", delivery.event())
                .put("url", delivery.url())
                .put("attempts", delivery.attempts())
                .put("not_before", Json.time(delivery.notBefore())));
        ObjectNode json = Json.object().put("pending_count", pending.size());
        json.set("pending", waiting);
        json.set("done", Json.tree(done));
        return json;
    }

    /** Forgets what is on its way. */
    public synchronized void clear() {
        pending.keySet().forEach(id -> journal.drop(KIND, id));
        pending.clear();
        ready.clear();
        heldBack.clear();
        done.clear();
    }
}
