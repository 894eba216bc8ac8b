package dev.afluente.sandbox.webhook;

import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.journal.Journal;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The application's webhooks under Pluggy's rules: one per event and URL, at most five per event. Any thread. */
@Startup
@Singleton
public class Webhooks {

    private static final String KIND = "webhook";
    private static final int MOST_PER_EVENT = 5;

    /** OpenAPI schema {@code WebhookEventType}. */
    private static final Set<String> EVENTS = Set.of(
            "all",
            "item/created",
            "item/updated",
            "item/error",
            "item/deleted",
            "item/waiting_user_input",
            "item/waiting_user_action",
            "item/login_succeeded",
            "connector/status_updated",
            "transactions/created",
            "transactions/updated",
            "transactions/deleted",
            "payment_intent/created",
            "payment_intent/completed",
            "payment_intent/waiting_payer_authorization",
            "payment_intent/error",
            "payment_request/updated",
            "scheduled_payment/created",
            "scheduled_payment/completed",
            "scheduled_payment/error",
            "scheduled_payment/canceled",
            "scheduled_payment/all_completed",
            "scheduled_payment/all_created",
            "boleto/updated",
            "automatic_pix_payment/created",
            "automatic_pix_payment/completed",
            "automatic_pix_payment/error",
            "automatic_pix_payment/canceled",
            "smart_transfer_preauthorization/completed",
            "smart_transfer_preauthorization/error",
            "smart_transfer_payment/completed",
            "smart_transfer_payment/error");

    private final Journal journal;
    private final WebhookUrls urls;
    private final BankClock clock;
    private final Map<String, Webhook> byId = new ConcurrentHashMap<>();

    public Webhooks(Journal journal, WebhookUrls urls, BankClock clock) {
        this.journal = journal;
        this.urls = urls;
        this.clock = clock;
    }

    @PostConstruct
    void restore() {
        journal.restore(KIND, Webhook.class).forEach(webhook -> byId.put(webhook.id(), webhook));
    }

    List<Webhook> all() {
        return byId.values().stream()
                .sorted(Comparator.comparing(Webhook::createdAt).thenComparing(Webhook::id))
                .toList();
    }

    /** Null if there is none (any more). */
    Webhook find(String id) {
        return byId.get(id);
    }

    /** @throws PluggyError 404 WEBHOOK_NOT_FOUND */
    Webhook get(String id) {
        Webhook webhook = byId.get(id);
        if (webhook == null) {
            throw PluggyError.notFound("WEBHOOK_NOT_FOUND", "webhook not found");
        }
        return webhook;
    }

    synchronized Webhook create(String event, String url, Map<String, String> headers) {
        check(event, url);
        var now = clock.now();
        return put(new Webhook(UUID.randomUUID().toString(), url, event, headers, now, now, null));
    }

    /** A null part stays as it is; re-sending the present URL and event counts as a duplicate, as at Pluggy. */
    synchronized Webhook update(String id, String event, String url, Map<String, String> headers, Boolean enabled) {
        Webhook old = get(id);
        if (event != null || url != null) {
            check(event == null ? old.event() : event, url == null ? old.url() : url);
        }
        var disabledAt = Boolean.TRUE.equals(enabled) ? null : old.disabledAt();
        var now = clock.now();
        return put(new Webhook(
                id,
                url == null ? old.url() : url,
                event == null ? old.event() : event,
                headers == null ? old.headers() : headers,
                old.createdAt(),
                now,
                Boolean.FALSE.equals(enabled) ? now : disabledAt));
    }

    private void check(String event, String url) {
        if (event == null || !EVENTS.contains(event)) {
            throw PluggyError.badRequest("Invalid event type '" + event + "' for webhook");
        }
        if (url == null) {
            throw PluggyError.badRequest("Webhook url must be valid URL address and not localhost");
        }
        urls.check(url);
        long ofEvent = byId.values().stream()
                .filter(other -> other.event().equals(event))
                .count();
        boolean twin = byId.values().stream()
                .anyMatch(other -> other.event().equals(event) && other.url().equals(url));
        if (twin) {
            throw PluggyError.badRequest("A webhook for event '" + event + "' and url '" + url + "' already exists.");
        }
        if (ofEvent >= MOST_PER_EVENT) {
            throw PluggyError.badRequest("You have reached the maximum of 5 webhooks for event '" + event + "'.");
        }
    }

    private Webhook put(Webhook webhook) {
        byId.put(webhook.id(), webhook);
        journal.keep(KIND, webhook.id(), webhook);
        return webhook;
    }

    void delete(String id) {
        byId.remove(get(id).id());
        journal.drop(KIND, id);
    }

    public void deleteAll() {
        all().forEach(webhook -> delete(webhook.id()));
    }
}
