package dev.afluente.connections.provider.pluggy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.provider.pluggy.subscription.Subscription.Step;
import dev.afluente.model.pluggy.PluggyPages.Webhook;
import dev.afluente.model.pluggy.PluggyPages.WebhookChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static final String URL = "https://door.example/api/banking/webhooks/pluggy";
    private static final Map<String, String> HEADERS = Map.of("X-Webhook-Secret", "s3cret");
    private static final Subscription WANTED = new Subscription(URL, "all", HEADERS);
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:00Z");

    @Test
    void isMadeWhenItIsMissing() {
        Step step = WANTED.next(
                List.of(
                        new Webhook("a", "https://other.example/", "all", null),
                        new Webhook("b", URL, "item/updated", null)),
                true);
        assertThat(step).isEqualTo(new Step.Create(new WebhookChange(URL, "all", HEADERS, null)));
    }

    @Test
    void isEnabledWhenItIsDisabledWithNothingThatStaysSentAgain() {
        Step step = WANTED.next(List.of(new Webhook("a", URL, "all", THEN)), true);
        assertThat(step).isEqualTo(new Step.Repair("a", new WebhookChange(null, null, HEADERS, true), true));
    }

    @Test
    void getsItsSecretOnceAfterAStart() {
        List<Webhook> found = List.of(new Webhook("a", URL, "all", null));
        assertThat(WANTED.next(found, false))
                .isEqualTo(new Step.Repair("a", new WebhookChange(null, null, HEADERS, null), false));
        assertThat(WANTED.next(found, true)).isEqualTo(new Step.None());
    }

    @Test
    void isLeftAloneWhenBodiesAreSignedAndItDelivers() {
        Subscription signed = new Subscription(URL, "all", Map.of());
        assertThat(signed.next(List.of(new Webhook("a", URL, "all", null)), false))
                .isEqualTo(new Step.None());
    }

    @Test
    void tellsNobodyItsSecret() {
        assertThat(WANTED.toString() + new WebhookChange(URL, "all", HEADERS, null))
                .doesNotContain("s3cret");
    }
}
