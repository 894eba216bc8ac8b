package dev.afluente.embedded.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens no service may accept, each wrong in one way only: everything else about it is what a valid token of the same
 * user would say.
 */
public final class Forgeries {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final DevKeys keys;
    private final Tokens tokens;

    public Forgeries(DevKeys keys) {
        this.keys = keys;
        this.tokens = new Tokens(keys);
    }

    /** By the name of what is wrong: never a valid signature, or not a valid claim. */
    public Map<String, String> of(TokenClaims valid) {
        Instant now = valid.issuedAt();
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("expired", tokens.sign(valid.withIssuedAt(now.minus(Duration.ofHours(2)))));
        forged.put("not yet valid", tokens.signNotBefore(valid, now.plus(Duration.ofMinutes(30))));
        forged.put("wrong issuer", tokens.sign(valid.withIssuer("https://elsewhere.example")));
        forged.put("wrong audience", tokens.sign(valid.withAudience("another-product")));
        forged.put("alg none", unsigned(tokens.sign(valid), "none") + ".");
        forged.put("key confusion", confused(tokens.sign(valid)));
        forged.put("signature cut", tokens.sign(valid).replaceAll("[^.]{8}$", ""));
        return forged;
    }

    /** A valid token without any role. */
    public String withoutRole(TokenClaims valid) {
        return tokens.sign(valid.withGroups(Set.of("nothing")));
    }

    /** Signed with HMAC, the PEM of the public key as the secret: what a verifier that trusts {@code alg} takes for good. */
    private String confused(String signed) {
        try {
            String content = unsigned(signed, "HS256");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Files.readAllBytes(keys.publicKeyFile()), "HmacSHA256"));
            return content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(String signed, String algorithm) {
        String header = "{\"typ\":\"JWT\",\"alg\":\"" + algorithm + "\"}";
        return BASE64.encodeToString(header.getBytes(StandardCharsets.US_ASCII)) + "." + signed.split("\\.", -1)[1];
    }
}
