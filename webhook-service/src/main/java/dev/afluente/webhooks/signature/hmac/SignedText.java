package dev.afluente.webhooks.signature.hmac;

import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;

/**
 * The text that a sender signs, from a template such as <code>{timestamp}.{body}</code>. Fed piece by piece into the hash, so
 * that no second copy of the body is made. Immutable, for any thread.
 */
final class SignedText {

    private static final String BODY = "{body}";
    private static final String TIMESTAMP = "{timestamp}";

    private final byte[] start;
    private final byte[] middle;
    private final byte[] end;
    private final boolean timestampFirst;
    private final boolean timestamped;

    /** @throws IllegalArgumentException when the template does not hold the body once and the timestamp at most once */
    SignedText(String template) {
        int body = template.indexOf(BODY);
        int timestamp = template.indexOf(TIMESTAMP);
        if (body < 0 || body != template.lastIndexOf(BODY) || timestamp != template.lastIndexOf(TIMESTAMP)) {
            throw new IllegalArgumentException(
                    "afluente.webhook.signature.template must hold {body} once and {timestamp} at most once");
        }
        timestamped = timestamp >= 0;
        timestampFirst = timestamped && timestamp < body;
        int firstStart = timestampFirst ? timestamp : body;
        int firstEnd = firstStart + (timestampFirst ? TIMESTAMP : BODY).length();
        int lastStart = timestamped ? Math.max(timestamp, body) : firstEnd;
        int lastEnd = timestamped ? lastStart + (timestampFirst ? BODY : TIMESTAMP).length() : firstEnd;
        start = bytes(template.substring(0, firstStart));
        middle = bytes(template.substring(firstEnd, lastStart));
        end = bytes(template.substring(lastEnd));
    }

    boolean timestamped() {
        return timestamped;
    }

    /** @param timestamp as the sender wrote it; not used when the template has none */
    void feed(Mac mac, byte[] timestamp, byte[] body) {
        mac.update(start);
        mac.update(timestampFirst ? timestamp : body);
        mac.update(middle);
        if (timestamped) {
            mac.update(timestampFirst ? body : timestamp);
        }
        mac.update(end);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
