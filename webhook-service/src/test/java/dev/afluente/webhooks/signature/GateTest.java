package dev.afluente.webhooks.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.afluente.webhooks.signature.hmac.SignatureConfig;
import dev.afluente.webhooks.signature.hmac.Signer;
import dev.afluente.webhooks.signature.source.SourceConfig;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

    private static final String BODY = "{}";
    private static final String[] NONE = {};

    @Test
    void refusesToExistWithoutASecret() {
        assertThatIllegalStateException()
                .isThrownBy(() -> gate(NONE, NONE, new String[] {"allowed", "0.0.0.0/0"}))
                .withMessageContaining("Refusing to start");
    }

    @Test
    void anEmptyListIsNoSecret() {
        assertThatIllegalStateException()
                .isThrownBy(() -> gate(new String[] {"secrets", ""}, new String[] {"secrets", ""}, NONE));
    }

    @Test
    void aBlankSecretIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate(NONE, new String[] {"secrets", "a-good-one,\\ "}, NONE))
                .withMessageContaining("afluente.webhook.header.secrets")
                .withMessageNotContaining("a-good-one");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, GENUINE",
        "false, true, true, SOURCE_NOT_ALLOWED",
        "true, false, true, HEADER_SECRET_MISMATCH",
        "true, true, false, SIGNATURE_MISMATCH",
        "false, false, false, SOURCE_NOT_ALLOWED"
    })
    void everyConfiguredLayerIsRequired(boolean source, boolean header, boolean signature, Verdict expected) {
        Gate gate = gate(
                new String[] {"secrets", "signing"},
                new String[] {"secrets", "current-secret,previous-secret"},
                new String[] {"allowed", "203.0.113.7"});
        Delivery delivery = Deliveries.from(
                source ? "203.0.113.7" : "203.0.113.8",
                BODY.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "X-Webhook-Secret",
                header ? "previous-secret" : "previous-secreT",
                "X-Pluggy-Signature",
                Signer.hex(signature ? "signing" : "other", BODY));
        assertThat(gate.check(delivery, Instant.EPOCH)).isEqualTo(expected);
    }

    @Test
    void theHeaderSecretIsReadFromOneLineOnly() {
        Gate gate = gate(NONE, new String[] {"secrets", "current,segredo-é", "name", "Authorization"}, NONE);
        assertThat(gate.check(Deliveries.of(BODY), Instant.EPOCH)).isEqualTo(Verdict.HEADER_SECRET_MISSING);
        assertThat(gate.check(Deliveries.of(BODY, "authorization", "current"), Instant.EPOCH))
                .isEqualTo(Verdict.GENUINE);
        assertThat(gate.check(Deliveries.of(BODY, "authorization", "x", "authorization", "current"), Instant.EPOCH))
                .isEqualTo(Verdict.HEADER_SECRET_REPEATED);
        assertThat(gate.check(Deliveries.of(BODY, "authorization", "segredo-Ã©"), Instant.EPOCH))
                .as("UTF-8 bytes as they arrive, one char each")
                .isEqualTo(Verdict.GENUINE);
        assertThat(gate.check(Deliveries.of(BODY, "authorization", ""), Instant.EPOCH))
                .isEqualTo(Verdict.HEADER_SECRET_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "our-client, pass, our-client, GENUINE",
        "our-client, pass, , GENUINE",
        "our-client, refuse, , CLIENT_ID_ABSENT",
        "our-client, pass, another, CLIENT_ID_MISMATCH",
        ", pass, another, GENUINE"
    })
    void theClientRule(String configured, String absent, String given, Verdict expected) {
        String[] settings = configured == null
                ? new String[] {"absent", absent}
                : new String[] {"id", configured, "absent", absent};
        ClientConfig config = Settings.of(ClientConfig.class, "afluente.webhook.client", settings);
        assertThat(new ClientRule(config).check(given)).isEqualTo(expected);
    }

    private static Gate gate(String[] signature, String[] header, String[] source) {
        return new Gate(
                Settings.of(SignatureConfig.class, "afluente.webhook.signature", signature),
                Settings.of(HeaderSecretConfig.class, "afluente.webhook.header", header),
                Settings.of(SourceConfig.class, "afluente.webhook.source", source),
                Settings.of(ClientConfig.class, "afluente.webhook.client"));
    }
}
