package dev.afluente.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/**
 * Passes a delivery whose header equals one of the active secrets. The time it takes depends on the length of what the sender
 * sent and on the number of secrets, not on their content, their length, or which of them matched.
 */
public final class HeaderSecretLayer implements Layer {

    private final String header;
    private final List<byte[]> secrets;

    /**
     * @param header the header's name
     * @param secrets at least one, none blank
     * @throws IllegalArgumentException when a secret is missing or blank
     */
    public HeaderSecretLayer(String header, List<String> secrets) {
        if (header.isBlank()) {
            throw new IllegalArgumentException("afluente.webhook.header.name must not be blank");
        }
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("afluente.webhook.header.secrets must not hold a blank secret");
        }
        this.header = header;
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public Verdict check(Delivery delivery, Instant now) {
        List<String> lines = delivery.headers().all(header);
        if (lines.isEmpty()) {
            return Verdict.HEADER_SECRET_MISSING;
        }
        if (lines.size() > 1) {
            return Verdict.HEADER_SECRET_REPEATED;
        }
        // Header text arrives with one char per byte, so this gives the bytes that were on the wire.
        byte[] given = lines.get(0).getBytes(StandardCharsets.ISO_8859_1);
        boolean matched = false;
        for (byte[] secret : secrets) {
            matched |= MessageDigest.isEqual(given, secret);
        }
        return matched ? Verdict.GENUINE : Verdict.HEADER_SECRET_MISMATCH;
    }
}
