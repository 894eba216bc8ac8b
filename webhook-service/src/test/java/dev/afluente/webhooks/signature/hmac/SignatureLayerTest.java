package dev.afluente.webhooks.signature.hmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afluente.webhooks.signature.Deliveries;
import dev.afluente.webhooks.signature.Settings;
import dev.afluente.webhooks.signature.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureLayerTest {

    private static final String BODY = "{\"event\":\"item/updated\"}";
    private static final Instant SENT = Instant.ofEpochSecond(1_764_000_000);

    @ParameterizedTest
    @CsvSource({"-300000,true", "-300001,false", "0,true", "300000,true", "300001,false"})
    void passesWithinTheWindowAndAtItsVeryEdge(long millisLater, boolean passes) {
        SignatureLayer layer = layer(
                "secrets",
                "one",
                "template",
                "{timestamp}.{body}",
                "timestamp.header",
                "X-Time",
                "timestamp.tolerance",
                "5m");
        String signature = Signer.hex("one", SENT.getEpochSecond() + "." + BODY);
        Verdict verdict = layer.check(
                Deliveries.of(BODY, "X-Pluggy-Signature", signature, "X-Time", "" + SENT.getEpochSecond()),
                SENT.plus(Duration.ofMillis(millisLater)));
        assertThat(verdict).isEqualTo(passes ? Verdict.GENUINE : Verdict.TIMESTAMP_OUT_OF_TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "-1", "+1764000000", "1764000000.5", "1764000000 ", "99999999999999999999", "\u0661"})
    void aTimestampOfAnythingButDigitsIsMalformedEvenWhenSigned(String timestamp) {
        SignatureLayer layer = layer("secrets", "one", "template", "{timestamp}.{body}", "timestamp.header", "X-Time");
        byte[] signed = (timestamp + "." + BODY).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        String signature = Signer.hex("one", signed);
        assertThat(layer.check(Deliveries.of(BODY, "X-Pluggy-Signature", signature, "X-Time", timestamp), SENT))
                .isEqualTo(Verdict.TIMESTAMP_MALFORMED);
    }

    @Test
    void millisecondsAreReadAsSuch() {
        SignatureLayer layer = layer(
                "secrets",
                "one",
                "template",
                "{body}|{timestamp}",
                "timestamp.header",
                "X-Time",
                "timestamp.unit",
                "milliseconds",
                "timestamp.tolerance",
                "1s");
        String signature = Signer.hex("one", BODY + "|" + SENT.toEpochMilli());
        var delivery = Deliveries.of(BODY, "X-Pluggy-Signature", signature, "X-Time", "" + SENT.toEpochMilli());
        assertThat(layer.check(delivery, SENT.plusMillis(1000))).isEqualTo(Verdict.GENUINE);
        assertThat(layer.check(delivery, SENT.plusMillis(1001))).isEqualTo(Verdict.TIMESTAMP_OUT_OF_TOLERANCE);
    }

    @Test
    void rotationLeavesNoMomentWithoutAPass() {
        SignatureLayer before = layer("secrets", "old");
        SignatureLayer during = layer("secrets", "new,old");
        SignatureLayer after = layer("secrets", "new");
        String old = Signer.hex("old", BODY);
        String current = Signer.hex("new", BODY);
        assertThat(before.check(Deliveries.of(BODY, "X-Pluggy-Signature", old), SENT))
                .isEqualTo(Verdict.GENUINE);
        assertThat(during.check(Deliveries.of(BODY, "X-Pluggy-Signature", old), SENT))
                .isEqualTo(Verdict.GENUINE);
        assertThat(during.check(Deliveries.of(BODY, "X-Pluggy-Signature", current), SENT))
                .isEqualTo(Verdict.GENUINE);
        assertThat(after.check(Deliveries.of(BODY, "X-Pluggy-Signature", current), SENT))
                .isEqualTo(Verdict.GENUINE);
        assertThat(after.check(Deliveries.of(BODY, "X-Pluggy-Signature", old), SENT))
                .isEqualTo(Verdict.SIGNATURE_MISMATCH);
        assertThat(after.check(Deliveries.of(BODY, "X-Pluggy-Signature", old + "," + current), SENT))
                .as("a sender that signs with both")
                .isEqualTo(Verdict.GENUINE);
        assertThat(after.check(Deliveries.of(BODY, "X-Pluggy-Signature", old, "X-Pluggy-Signature", current), SENT))
                .as("the same on two lines")
                .isEqualTo(Verdict.GENUINE);
    }

    @Test
    void nothingGenuineIsRefused() {
        long seed = 20_260_801;
        Random random = new Random(seed);
        SignatureLayer layer = layer(
                "secrets",
                "new,old",
                "template",
                "{timestamp}.{body}",
                "fields.signature",
                "v1",
                "fields.timestamp",
                "t");
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] body = new byte[random.nextInt(600)];
            random.nextBytes(body);
            Instant sent = SENT.plusSeconds(random.nextInt(601) - 300);
            byte[] stamp = (sent.getEpochSecond() + ".").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            byte[] signed = java.util.Arrays.copyOf(stamp, stamp.length + body.length);
            System.arraycopy(body, 0, signed, stamp.length, body.length);
            String signature = Signer.hex(random.nextBoolean() ? "new" : "old", signed);
            String header = "t=" + sent.getEpochSecond() + ", v0=unknown, v1=" + signature;
            refused += layer.check(Deliveries.of(body, "X-Pluggy-Signature", header), SENT)
                            .genuine()
                    ? 0
                    : 1;
        }
        System.out.printf("seed %d: 20000 genuine deliveries, %d refused%n", seed, refused);
        assertThat(refused).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|SIGNATURE_MALFORMED", "abc|SIGNATURE_MALFORMED", "sha256=|SIGNATURE_MALFORMED",
                "sha256,GOOD|SIGNATURE_MALFORMED", "GOOD,|SIGNATURE_MALFORMED", "SHA256=GOOD|SIGNATURE_MALFORMED",
                "sha256=GOOD|GENUINE", "GOOD|GENUINE", "GOOD , GOOD|GENUINE"
            })
    void aHeaderIsReadWholeOrNotAtAll(String header, Verdict expected) {
        String line = header.replace("GOOD", Signer.hex("one", BODY));
        assertThat(layer("secrets", "one").check(Deliveries.of(BODY, "X-Pluggy-Signature", line), SENT))
                .isEqualTo(expected);
    }

    @Test
    void moreSignaturesThanAnyRotationNeedsAreNotCompared() {
        String many = String.join(",", java.util.Collections.nCopies(17, Signer.hex("one", BODY)));
        assertThat(layer("secrets", "one").check(Deliveries.of(BODY, "X-Pluggy-Signature", many), SENT))
                .isEqualTo(Verdict.SIGNATURE_MALFORMED);
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThat(layer("secrets", "one").check(Deliveries.of(BODY), SENT)).isEqualTo(Verdict.SIGNATURE_MISSING);
        SignatureLayer fields = layer(
                "secrets", "one", "template", "{timestamp}.{body}", "fields.signature", "v1", "fields.timestamp", "t");
        assertThat(fields.check(Deliveries.of(BODY, "X-Pluggy-Signature", "t=1"), SENT))
                .isEqualTo(Verdict.SIGNATURE_MISSING);
        assertThat(fields.check(Deliveries.of(BODY, "X-Pluggy-Signature", "v1=" + Signer.hex("one", BODY)), SENT))
                .isEqualTo(Verdict.TIMESTAMP_MISSING);
    }

    @Test
    void fieldsWithOtherSeparators() {
        SignatureLayer layer = layer(
                "secrets",
                "b25lLW9uZS1vbmUtb25l",
                "secret-encoding",
                "base64",
                "encoding",
                "base64",
                "template",
                "{timestamp}.{body}",
                "timestamp.header",
                "webhook-timestamp",
                "fields.signature",
                "v1",
                "fields.separator",
                " ",
                "fields.assignment",
                ",",
                "header",
                "webhook-signature");
        byte[] signed = (SENT.getEpochSecond() + "." + BODY).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String good =
                java.util.Base64.getEncoder().encodeToString(Signer.sign("HmacSHA256", "one-one-one-one", signed));
        String bad = java.util.Base64.getEncoder().encodeToString(Signer.sign("HmacSHA256", "two", signed));
        String stamp = "" + SENT.getEpochSecond();
        assertThat(layer.check(
                        Deliveries.of(
                                BODY, "webhook-signature", "v1," + bad + " v1," + good, "webhook-timestamp", stamp),
                        SENT))
                .isEqualTo(Verdict.GENUINE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "template|no body here|template",
                "template|{body}{body}|template",
                "template|{timestamp}{body}|timestamp",
                "timestamp.header|X-Time|timestamp",
                "fields.timestamp|t|fields.timestamp",
                "fields.separator|=|separator",
                "fields.assignment|==|assignment",
                "secret-encoding|hex|secret-encoding",
                "secrets|'kept-to-itself,\\ '|blank",
                "timestamp.tolerance|-1s|tolerance"
            })
    void settingsThatCannotHoldAreRefusedByName(String key, String value, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer("secrets", "kept-to-itself", key, value))
                .withMessageContaining(named)
                .withMessageNotContaining("kept-to-itself");
    }

    private static SignatureLayer layer(String... settings) {
        return new SignatureLayer(Settings.of(SignatureConfig.class, "afluente.webhook.signature", settings));
    }
}
