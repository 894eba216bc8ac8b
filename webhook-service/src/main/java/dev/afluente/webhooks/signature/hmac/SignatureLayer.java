package dev.afluente.webhooks.signature.hmac;

import dev.afluente.webhooks.signature.Delivery;
import dev.afluente.webhooks.signature.Layer;
import dev.afluente.webhooks.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Passes a delivery whose raw bytes, and timestamp if one is configured, were signed with an active secret. A timestamp counts
 * only when it is under the signature: a configuration that reads one without signing it, or signs one without reading it, is
 * refused at the start. Immutable, for any thread; costs one hash of the body per secret.
 */
public final class SignatureLayer implements Layer {

    private static final byte[] NO_TIMESTAMP = {};
    private static final int MOST_DIGITS = 15;

    private final String headerName;
    private final SignatureHeader header;
    private final Keys keys;
    private final SignatureConfig.Timestamp timestampConfig;
    private final boolean timestamped;

    /** @throws IllegalArgumentException when the configuration cannot hold, saying which key is wrong */
    public SignatureLayer(SignatureConfig config) {
        SignedText text = new SignedText(config.template());
        headerName = config.header();
        header = new SignatureHeader(config);
        keys = new Keys(config, text);
        timestampConfig = config.timestamp();
        timestamped = text.timestamped();
        boolean inHeader = timestampConfig.header().isPresent();
        boolean inField = config.fields().timestamp().isPresent();
        if (inHeader && inField) {
            throw new IllegalArgumentException(
                    "afluente.webhook.signature: timestamp.header and fields.timestamp exclude each other");
        }
        if (timestamped != (inHeader || inField)) {
            throw new IllegalArgumentException("afluente.webhook.signature: a timestamp must be both in the template"
                    + " and in timestamp.header or fields.timestamp, or in none of them");
        }
        if (timestampConfig.tolerance().isNegative()) {
            throw new IllegalArgumentException("afluente.webhook.signature.timestamp.tolerance must not be negative");
        }
    }

    @Override
    public Verdict check(Delivery delivery, Instant now) {
        List<String> lines = delivery.headers().all(headerName);
        if (lines.isEmpty()) {
            return Verdict.SIGNATURE_MISSING;
        }
        SignatureHeader.Claim claim = header.read(lines);
        if (claim == null) {
            return Verdict.SIGNATURE_MALFORMED;
        }
        if (claim.signatures().isEmpty()) {
            return Verdict.SIGNATURE_MISSING;
        }
        if (!timestamped) {
            return proven(claim.signatures(), NO_TIMESTAMP, delivery.body());
        }
        List<String> timestamps = timestamps(delivery, claim);
        if (timestamps.isEmpty()) {
            return Verdict.TIMESTAMP_MISSING;
        }
        if (timestamps.size() > 1) {
            return Verdict.TIMESTAMP_MALFORMED;
        }
        String timestamp = timestamps.get(0);
        Verdict inTime = inTime(timestamp, now);
        Verdict signed = proven(claim.signatures(), timestamp.getBytes(StandardCharsets.ISO_8859_1), delivery.body());
        // A forgery is told as one even when it is stale, and costs the same time.
        return signed.genuine() ? inTime : signed;
    }

    private List<String> timestamps(Delivery delivery, SignatureHeader.Claim claim) {
        return timestampConfig
                .header()
                .map(delivery.headers()::all)
                .orElseGet(() -> claim.timestamp() == null ? List.of() : List.of(claim.timestamp()));
    }

    private Verdict proven(List<String> signatures, byte[] timestamp, byte[] body) {
        return keys.made(signatures, timestamp, body) ? Verdict.GENUINE : Verdict.SIGNATURE_MISMATCH;
    }

    private Verdict inTime(String timestamp, Instant now) {
        if (timestamp.isEmpty()
                || timestamp.length() > MOST_DIGITS
                || !timestamp.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Verdict.TIMESTAMP_MALFORMED;
        }
        long count = Long.parseLong(timestamp);
        try {
            Instant sent = timestampConfig.unit() == SignatureConfig.Unit.SECONDS
                    ? Instant.ofEpochSecond(count)
                    : Instant.ofEpochMilli(count);
            Duration distance = Duration.between(sent, now).abs();
            return distance.compareTo(timestampConfig.tolerance()) <= 0
                    ? Verdict.GENUINE
                    : Verdict.TIMESTAMP_OUT_OF_TOLERANCE;
        } catch (DateTimeException | ArithmeticException e) {
            return Verdict.TIMESTAMP_OUT_OF_TOLERANCE;
        }
    }
}
