package dev.afluente.connections.provider.pluggy.subscription;

import dev.afluente.model.pluggy.PluggyPages.Webhook;
import dev.afluente.model.pluggy.PluggyPages.WebhookChange;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The webhook a deployment wants, and what is to be done so that it has it. Pure.
 *
 * @param headers sent with every delivery; empty when the body is signed instead
 */
record Subscription(String url, String event, Map<String, String> headers) {

    /** What a look at Pluggy's webhooks leads to. */
    sealed interface Step {
        /** It is there and delivers. */
        record None() implements Step {}

        /** It is missing. */
        record Create(WebhookChange webhook) implements Step {}

        /** It is there but is disabled, or may carry another secret. */
        record Repair(String id, WebhookChange change, boolean wasDisabled) implements Step {}
    }

    /**
     * @param found the application's webhooks; others than ours are left alone
     * @param secretSent whether this secret was sent to Pluggy before: Pluggy never shows it, so once it must be
     */
    Step next(List<Webhook> found, boolean secretSent) {
        Webhook ours = found.stream()
                .filter(Objects::nonNull)
                .filter(webhook -> url.equals(webhook.url()) && event.equals(webhook.event()))
                .findFirst()
                .orElse(null);
        if (ours == null) {
            return new Step.Create(new WebhookChange(url, event, headers.isEmpty() ? null : headers, null));
        }
        boolean disabled = ours.disabledAt() != null;
        boolean secret = !headers.isEmpty() && !secretSent;
        return disabled || secret
                ? new Step.Repair(
                        ours.id(),
                        new WebhookChange(null, null, headers.isEmpty() ? null : headers, disabled ? true : null),
                        disabled)
                : new Step.None();
    }

    @Override
    public String toString() {
        return "Subscription[" + event + "]";
    }
}
