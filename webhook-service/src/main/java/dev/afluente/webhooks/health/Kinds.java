package dev.afluente.webhooks.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts events by kind. Those of Pluggy's catalogue (its OpenAPI document, read in July 2026) have a counter each; all others
 * share {@code unknown}: a kind added by Pluggy shows in the metrics and is passed on all the same.
 */
final class Kinds {

    private static final List<String> CATALOGUE = List.of(
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
            "scheduled_payment/all_created",
            "scheduled_payment/all_completed",
            "automatic_pix_payment/created",
            "automatic_pix_payment/completed",
            "automatic_pix_payment/error",
            "automatic_pix_payment/canceled",
            "boleto/updated",
            "smart_transfer_preauthorization/completed",
            "smart_transfer_preauthorization/error",
            "smart_transfer_payment/completed",
            "smart_transfer_payment/error");

    private final Map<String, Counter> known = new HashMap<>();
    private final Counter unknown;

    Kinds(MeterRegistry registry) {
        for (String kind : CATALOGUE) {
            known.put(kind, registry.counter("afluente.webhook.events", "kind", kind));
        }
        unknown = registry.counter("afluente.webhook.events", "kind", "unknown");
    }

    void count(String kind) {
        known.getOrDefault(kind, unknown).increment();
    }
}
