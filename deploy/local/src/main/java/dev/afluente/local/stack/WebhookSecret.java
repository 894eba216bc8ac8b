package dev.afluente.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the simulator and webhook-service share on this machine. Whoever signs with it is the provider. */
public final class WebhookSecret {
    static final String VALUE = "sandbox-webhook-secret";
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSecret() {}

    /** Returns what stands in {@code X-Pluggy-Signature} beside a body, in hexadecimal. */
    public static String signature(String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(VALUE.getBytes(UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
