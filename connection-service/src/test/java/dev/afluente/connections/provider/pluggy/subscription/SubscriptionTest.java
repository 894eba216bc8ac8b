package dev.afluente.connections.provider.pluggy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.provider.pluggy.subscription.Subscription.Step;
import dev.afluente.model.pluggy.PluggyPages.Numbered;
import dev.afluente.model.pluggy.PluggyPages.Webhook;
import dev.afluente.model.pluggy.PluggyPages.WebhookChange;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static final String URL = "https://door.example/api/banking/webhooks/pluggy";
    private static final Map<String, String> HEADERS = Map.of("X-Webhook-Secret", "s3cret");
    private static final Subscription WANTED = new Subscription(URL, "all", HEADERS);
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:00Z");
    private static final Webhook OURS = new Webhook("a", URL, "all", null, THEN);
    private static final SentSecret SENT = new SentSecret("mine", THEN, "a", THEN);
    private static final Step SECRET = new Step.Repair("a", new WebhookChange(null, null, HEADERS, null), false);

    @Test
    void isMadeWhenItIsMissing() {
        Step step = next(
                SENT,
                new Webhook("a", "https://other.example/", "all", null, THEN),
                new Webhook("b", URL, "item/updated", null, THEN));
        assertThat(step).isEqualTo(new Step.Create(new WebhookChange(URL, "all", HEADERS, null)));
    }

    @Test
    void isEnabledWhenItIsDisabledWithNothingThatStaysSentAgain() {
        Step step = next(SENT, new Webhook("a", URL, "all", THEN, THEN));
        assertThat(step).isEqualTo(new Step.Repair("a", new WebhookChange(null, null, HEADERS, true), true));
    }

    @Test
    void isLeftAloneAsLongAsItIsWhatTheSecretWasSentTo() {
        assertThat(next(SENT, OURS)).isEqualTo(new Step.None());
        assertThat(next(new SentSecret("mine", THEN.plusSeconds(1), "a", THEN), OURS))
                .isEqualTo(new Step.None());
        assertThat(next(new SentSecret("mine", THEN, "a", null), OURS)).isEqualTo(new Step.None());
    }

    @Test
    void getsItsSecretWhenItMayHaveAnother() {
        assertThat(next(null, OURS)).isEqualTo(SECRET);
        assertThat(next(new SentSecret("mine", THEN, "b", THEN), OURS)).isEqualTo(SECRET);
        assertThat(next(new SentSecret("mine", THEN, "a", THEN.minusMillis(1)), OURS))
                .isEqualTo(SECRET);
        assertThat(next(new SentSecret("mine", THEN, null, null), OURS)).isEqualTo(SECRET);
        assertThat(next(new SentSecret("another", THEN, "a", THEN), OURS)).isEqualTo(SECRET);
    }

    @Test
    void isNeverGivenAnOlderSecretThanItHas() {
        SentSecret newer = new SentSecret("another", THEN.plusNanos(1), "b", THEN);
        assertThat(next(newer, OURS)).isEqualTo(new Step.None());
        assertThat(next(newer)).isEqualTo(new Step.Leave());
        assertThat(next(newer, new Webhook("a", URL, "all", THEN, THEN)))
                .isEqualTo(new Step.Repair("a", new WebhookChange(null, null, null, true), true));
    }

    @Test
    void isLeftAloneWhenBodiesAreSignedAndItDelivers() {
        Subscription signed = new Subscription(URL, "all", Map.of());
        assertThat(signed.next(List.of(OURS), null, "none", THEN)).isEqualTo(new Step.None());
    }

    @Test
    void isFoundOnWhateverPageItIs() {
        List<Webhook> found = WebhookPages.all(page -> Uni.createFrom()
                        .item(new Numbered<>(
                                page,
                                3,
                                3,
                                List.of(new Webhook(page == null ? "1" : page.toString(), URL, "all", null, THEN)))))
                .await()
                .atMost(Duration.ofSeconds(1));
        assertThat(found).extracting(Webhook::id).containsExactly("1", "2", "3");
    }

    @Test
    void tellsNobodyItsSecret() {
        String fingerprint = SentSecret.fingerprint(HEADERS, "key");
        assertThat(WANTED.toString() + new WebhookChange(URL, "all", HEADERS, null) + fingerprint)
                .doesNotContain("s3cret");
        assertThat(fingerprint)
                .hasSize(64)
                .isNotEqualTo(SentSecret.fingerprint(HEADERS, "other"))
                .isNotEqualTo(SentSecret.fingerprint(Map.of("X-Webhook-Secret", "s3cret2"), "key"));
    }

    private static Step next(SentSecret sent, Webhook... found) {
        return WANTED.next(List.of(found), sent, "mine", THEN);
    }
}
