package dev.afluente.webhooks.signature.hmac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.webhooks.signature.Deliveries;
import dev.afluente.webhooks.signature.Settings;
import dev.afluente.webhooks.signature.Verdict;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test cases of RFC 4231, section 4 (all but 4.6, whose digest is cut short). */
class PublishedVectorsTest {

    private static final String LONG_KEY = "aa".repeat(131);

    @ParameterizedTest(name = "RFC 4231 test case {0}")
    @CsvSource({
        "1, KEY20:0b, 4869205468657265,"
                + "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7,"
                + "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        "2, 4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843,"
                + "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        "3, KEY20:aa, DATA50:dd,"
                + "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe,"
                + "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
        "4, 0102030405060708090a0b0c0d0e0f10111213141516171819, DATA50:cd,"
                + "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b,"
                + "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd",
        "6, LONG, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374,"
                + "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54,"
                + "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
        "7, LONG, 5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e,"
                + "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2,"
                + "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"
    })
    void passes(int testCase, String key, String data, String sha256, String sha512) {
        byte[] body = HexFormat.of().parseHex(expand(data));
        String secret = expand(key);
        assertThat(verdict("hmac-sha256", "hex", secret, body, sha256)).isEqualTo(Verdict.GENUINE);
        assertThat(verdict("hmac-sha512", "hex", secret, body, sha512)).isEqualTo(Verdict.GENUINE);
        assertThat(verdict("hmac-sha256", "hex", secret, body, "sha256=" + sha256))
                .isEqualTo(Verdict.GENUINE);
        assertThat(verdict("hmac-sha512", "base64", secret, body, base64(sha512)))
                .isEqualTo(Verdict.GENUINE);
        assertThat(verdict("hmac-sha256", "base64", secret, body, base64(sha256)))
                .isEqualTo(Verdict.GENUINE);
        assertThat(verdict("hmac-sha256", "hex", secret, body, sha512)).isEqualTo(Verdict.SIGNATURE_MALFORMED);
    }

    private static Verdict verdict(String algorithm, String encoding, String secret, byte[] body, String signature) {
        SignatureConfig config = Settings.of(
                SignatureConfig.class,
                "afluente.webhook.signature",
                "algorithm",
                algorithm,
                "encoding",
                encoding,
                "secrets",
                secret,
                "secret-encoding",
                "hex");
        return new SignatureLayer(config).check(Deliveries.of(body, "x-pluggy-signature", signature), Instant.EPOCH);
    }

    private static String expand(String text) {
        if (text.equals("LONG")) {
            return LONG_KEY;
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? text
                : text.substring(colon + 1)
                        .repeat(Integer.parseInt(text.substring(0, colon).replaceAll("\\D", "")));
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
