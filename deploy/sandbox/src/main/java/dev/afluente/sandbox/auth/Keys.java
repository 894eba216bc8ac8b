package dev.afluente.sandbox.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.http.Json;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks API keys (2 hours) and connect tokens (30 minutes). Both are JWTs, HS256 under a key that follows from
 * the client secret, so they survive a restart and die with the secret. Any thread.
 */
@Singleton
public class Keys {

    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final SandboxConfig.Client client;
    private final BankClock clock;
    private final SecretKeySpec key;

    public Keys(SandboxConfig config, BankClock clock) {
        this.client = config.client();
        this.clock = clock;
        byte[] secret = ("pluggy-sandbox-keys:" + client.secret()).getBytes(StandardCharsets.UTF_8);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    public boolean areClientKeys(String id, String secret) {
        boolean sameId = same(client.id(), id);
        boolean sameSecret = same(client.secret(), secret);
        return sameId && sameSecret;
    }

    public String apiKey() {
        return sign(claims(client.apiKeyLife()).put("use", "api"));
    }

    /** {@code itemId} and {@code options} may be null. */
    public String connectToken(String itemId, JsonNode options) {
        ObjectNode claims = claims(client.connectTokenLife()).put("use", "connect");
        claims.put("itemId", itemId);
        claims.set("options", options);
        return sign(claims);
    }

    /** Empty for a token that is not ours, was changed, or has expired. */
    public Optional<Caller> check(String token) {
        return verified(token)
                .map(claims -> claims.path("use").asText().equals("api")
                        ? Caller.APPLICATION
                        : new Caller(
                                claims.path("jti").textValue(),
                                claims.path("itemId").textValue(),
                                claims.path("options")));
    }

    private ObjectNode claims(Duration life) {
        Instant now = clock.now();
        return Json.object()
                .put("clientId", client.id())
                .put("jti", UUID.randomUUID().toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(life).getEpochSecond());
    }

    private String sign(ObjectNode claims) {
        String signed = HEADER + "." + encode(Json.bytes(claims));
        return signed + "." + encode(mac(signed));
    }

    private Optional<JsonNode> verified(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 0 || !token.startsWith(HEADER + ".")) {
            return Optional.empty();
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            if (!MessageDigest.isEqual(signature, mac(token.substring(0, dot)))) {
                return Optional.empty();
            }
            byte[] payload = Base64.getUrlDecoder().decode(token.substring(HEADER.length() + 1, dot));
            JsonNode claims = Json.MAPPER.readTree(payload);
            return claims.path("exp").asLong() > clock.now().getEpochSecond() ? Optional.of(claims) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean same(String expected, String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
