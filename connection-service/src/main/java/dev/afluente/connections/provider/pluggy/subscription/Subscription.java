package dev.afluente.connections.provider.pluggy.subscription;

import dev.afluente.model.pluggy.PluggyPages.Webhook;
import dev.afluente.model.pluggy.PluggyPages.WebhookChange;
import java.time.Instant;
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

        /** It is missing, and somebody who knows a newer secret makes it. */
        record Leave() implements Step {}

        /** It is missing. */
        record Create(WebhookChange webhook) implements Step {}

        /** It is there but is disabled, or may carry another secret. */
        record Repair(String id, WebhookChange change, boolean wasDisabled) implements Step {}
    }

    /**
     * @param found the application's webhooks; others than ours are left alone
     * @param sent what was last sent as the secret; null when nothing was. Pluggy never shows it
     * @param fingerprint of these headers
     * @param started when this process started: of two that know different secrets the later one is right
     */
    Step next(List<Webhook> found, SentSecret sent, String fingerprint, Instant started) {
        Webhook ours = found.stream()
                .filter(Objects::nonNull)
                .filter(webhook -> url.equals(webhook.url()) && event.equals(webhook.event()))
                .findFirst()
                .orElse(null);
        boolean outdated = sent != null && sent.isAfter(fingerprint, started);
        if (ours == null && outdated) {
            return new Step.Leave();
        }
        if (ours == null) {
            return new Step.Create(new WebhookChange(url, event, headers.isEmpty() ? null : headers, null));
        }
        boolean disabled = ours.disabledAt() != null;
        boolean mine = !headers.isEmpty() && !outdated;
        boolean secret = mine && (sent == null || !sent.isIn(ours, fingerprint));
        return disabled || secret
                ? new Step.Repair(
                        ours.id(),
                        new WebhookChange(null, null, mine ? headers : null, disabled ? true : null),
                        disabled)
                : new Step.None();
    }

    @Override
    public String toString() {
        return "Subscription[" + event + "]";
    }
}
