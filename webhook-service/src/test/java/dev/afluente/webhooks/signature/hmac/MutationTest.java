package dev.afluente.webhooks.signature.hmac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.webhooks.signature.Deliveries;
import dev.afluente.webhooks.signature.Settings;
import dev.afluente.webhooks.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every byte of body, signature header and timestamp, replaced by each of the 255 other values: none may pass. */
class MutationTest {

    private static final String SECRET = "a-secret-of-the-mutation-test";
    private static final Instant NOW = Instant.ofEpochSecond(1_764_000_000);
    private static final String BODY =
            "{\"event\":\"item/updated\",\"eventId\":\"7b1c1f0e-2d64-4a0e-9f0b-0c4f5a1d9e11\","
                    + "\"itemId\":\"3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001\",\"clientUserId\":\"usuário-42\"}";

    enum Scheme {
        HEX_WITH_PREFIX(""),
        HEX_UPPER_CASE("prefix sha256="),
        BASE64("encoding base64"),
        BASE64_SHA512("encoding base64 algorithm hmac-sha512"),
        BASE64URL("encoding base64url"),
        TIMESTAMP_HEADER("template {timestamp}.{body} timestamp.header X-Pluggy-Timestamp"),
        FIELDS("template {timestamp}.{body} fields.signature v1 fields.timestamp t");

        private final String settings;

        Scheme(String settings) {
            this.settings = settings;
        }

        SignatureLayer layer() {
            String[] all = ("secrets " + SECRET + " " + settings).strip().split(" ");
            return new SignatureLayer(Settings.of(SignatureConfig.class, "afluente.webhook.signature", all));
        }

        String header() {
            byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
            String stamped = NOW.getEpochSecond() + "." + BODY;
            return switch (this) {
                case HEX_WITH_PREFIX -> "sha256=" + Signer.hex(SECRET, body);
                case HEX_UPPER_CASE -> Signer.hex(SECRET, body).toUpperCase(Locale.ROOT);
                case BASE64 -> Base64.getEncoder().encodeToString(Signer.sign("HmacSHA256", SECRET, body));
                case BASE64_SHA512 -> Base64.getEncoder().encodeToString(Signer.sign("HmacSHA512", SECRET, body));
                case BASE64URL ->
                    Base64.getUrlEncoder().withoutPadding().encodeToString(Signer.sign("HmacSHA256", SECRET, body));
                case TIMESTAMP_HEADER -> Signer.hex(SECRET, stamped);
                case FIELDS -> "t=" + NOW.getEpochSecond() + ",v1=" + Signer.hex(SECRET, stamped);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void noSingleByteCanChange(Scheme scheme) {
        SignatureLayer layer = scheme.layer();
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        byte[] header = scheme.header().getBytes(StandardCharsets.ISO_8859_1);
        byte[] timestamp = String.valueOf(NOW.getEpochSecond()).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(verdict(layer, body, header, timestamp)).isEqualTo(Verdict.GENUINE);

        int tried = accepted(body, mutated -> verdict(layer, mutated, header, timestamp))
                + accepted(header, mutated -> verdict(layer, body, mutated, timestamp));
        if (scheme == Scheme.TIMESTAMP_HEADER) {
            tried += accepted(timestamp, mutated -> verdict(layer, body, header, mutated));
        }
        System.out.printf("mutations %s: %d tried, 0 accepted%n", scheme, tried);
    }

    private static int accepted(byte[] original, Function<byte[], Verdict> check) {
        int tried = 0;
        for (int at = 0; at < original.length; at++) {
            for (int other = 1; other < 256; other++) {
                byte[] mutated = original.clone();
                mutated[at] ^= (byte) other;
                assertThat(check.apply(mutated).genuine())
                        .as("byte %d changed from %d to %d", at, original[at], mutated[at])
                        .isFalse();
                tried++;
            }
        }
        return tried;
    }

    private static Verdict verdict(SignatureLayer layer, byte[] body, byte[] header, byte[] timestamp) {
        String line = new String(header, StandardCharsets.ISO_8859_1);
        String stamp = new String(timestamp, StandardCharsets.ISO_8859_1);
        return layer.check(Deliveries.of(body, "X-Pluggy-Signature", line, "X-Pluggy-Timestamp", stamp), NOW);
    }
}
