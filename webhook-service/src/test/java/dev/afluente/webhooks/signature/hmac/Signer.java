package dev.afluente.webhooks.signature.hmac;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as a sender would, with nothing of the code under test. */
public final class Signer {

    private Signer() {}

    public static byte[] sign(String algorithm, String secret, byte[] text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hex(String secret, byte[] text) {
        return HexFormat.of().formatHex(sign("HmacSHA256", secret, text));
    }

    public static String hex(String secret, String text) {
        return hex(secret, text.getBytes(StandardCharsets.UTF_8));
    }
}
