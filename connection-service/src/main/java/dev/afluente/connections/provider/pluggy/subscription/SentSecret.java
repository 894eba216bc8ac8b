package dev.afluente.connections.provider.pluggy.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.model.pluggy.PluggyPages.Webhook;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which secret was last sent to Pluggy, by whom, and what Pluggy answered.
 *
 * @param fingerprint of the headers, see {@link #fingerprint}
 * @param startedAt when the process that sent it had started
 * @param webhookId null until Pluggy has answered
 * @param updatedAt as Pluggy answered; null when it did not say
 */
record SentSecret(String fingerprint, Instant startedAt, String webhookId, Instant updatedAt) {

    /** Tells whether somebody who started later sends other headers: theirs are the newer ones. */
    boolean isAfter(String fingerprint, Instant started) {
        return !this.fingerprint.equals(fingerprint) && startedAt.isAfter(started);
    }

    /** Tells whether a webhook carries these headers, as far as nobody has touched it since. */
    boolean isIn(Webhook webhook, String fingerprint) {
        return this.fingerprint.equals(fingerprint)
                && webhook.id().equals(webhookId)
                && (updatedAt == null || Objects.equals(updatedAt, stored(webhook.updatedAt())));
    }

    /** Returns a moment as exactly as PostgreSQL keeps it. */
    static Instant stored(Instant moment) {
        return moment == null ? null : moment.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Returns what tells headers apart and does not tell what they are: HMAC-SHA256, in hex.
     *
     * @param key known to whoever may know the headers
     */
    static String fingerprint(Map<String, String> headers, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            new TreeMap<>(headers).forEach((name, value) -> mac.update((name + '\n' + value + '\n').getBytes(UTF_8)));
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
