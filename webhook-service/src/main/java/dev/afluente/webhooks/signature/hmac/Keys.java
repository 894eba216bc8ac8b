package dev.afluente.webhooks.signature.hmac;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The active secrets. Every signature is compared with every secret, always all of them, so that the time taken tells neither
 * whether nor which of them matched. Immutable, for any thread: a keyed hash is cloned for each use, never shared.
 */
final class Keys {

    private final List<Mac> macs;
    private final SignedText text;
    private final SignatureEncoding encoding;

    /** @throws IllegalArgumentException when a secret is blank or cannot be read; the message never holds the secret */
    Keys(SignatureConfig config, SignedText text) {
        this.text = text;
        this.encoding = config.encoding();
        this.macs = config.secrets().orElse(List.of()).stream()
                .map(secret -> keyed(config.algorithm(), key(secret, config.secretEncoding())))
                .toList();
        if (macs.isEmpty()) {
            throw new IllegalArgumentException("afluente.webhook.signature.secrets must hold at least one secret");
        }
    }

    /** @param timestamp as the sender wrote it, empty when none is signed */
    boolean made(List<String> signatures, byte[] timestamp, byte[] body) {
        List<byte[]> given = new ArrayList<>(signatures.size());
        for (String signature : signatures) {
            given.add(signature.getBytes(StandardCharsets.ISO_8859_1));
        }
        boolean matched = false;
        for (Mac prototype : macs) {
            for (byte[] expected : encoding.write(digest(prototype, timestamp, body))) {
                for (byte[] signature : given) {
                    matched |= MessageDigest.isEqual(signature, expected);
                }
            }
        }
        return matched;
    }

    private byte[] digest(Mac prototype, byte[] timestamp, byte[] body) {
        try {
            Mac mac = (Mac) prototype.clone();
            text.feed(mac, timestamp, body);
            return mac.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's keyed hash cannot be cloned", e);
        }
    }

    private static Mac keyed(Algorithm algorithm, byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm.standardName());
            mac.init(new SecretKeySpec(key, algorithm.standardName()));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks " + algorithm.standardName(), e);
        }
    }

    private static byte[] key(String secret, SignatureConfig.SecretEncoding encoding) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("afluente.webhook.signature.secrets must not hold a blank secret");
        }
        try {
            return switch (encoding) {
                case UTF8 -> secret.getBytes(StandardCharsets.UTF_8);
                case HEX -> HexFormat.of().parseHex(secret);
                case BASE64 -> Base64.getDecoder().decode(secret);
            };
        } catch (IllegalArgumentException e) {
            // The cause's text quotes the secret.
            throw new IllegalArgumentException("afluente.webhook.signature.secrets holds a secret that is not "
                    + encoding + ", as secret-encoding says");
        }
    }
}
