package dev.afluente.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.sync.inbox.InboxEntry;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Tells what a dead letter of another service becomes in the inbox. Pure; never fails, whatever a letter holds. */
final class DeadLetters {
    private static final String UNKNOWN = "unknown_reason";
    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,64}");

    /** Hashes and places; anything else is not what the other services write. */
    private static final Pattern KEY = Pattern.compile("[!-~]{1,400}");

    private DeadLetters() {}

    /** A body that Pluggy sent and the door could not read as an event. */
    static InboxEntry fromTheDoor(ConsumerRecord<String, byte[]> letter) {
        Header reason = letter.headers().lastHeader(Topics.DEAD_LETTER_REASON);
        return entry(
                letter, "pluggy", reason == null || reason.value() == null ? null : new String(reason.value(), UTF_8));
    }

    /** Where a record lies that connection-service could not follow, and why. */
    static InboxEntry fromConnections(ConsumerRecord<String, byte[]> letter) {
        return entry(letter, Requests.ORIGIN, reason(letter));
    }

    private static String reason(ConsumerRecord<String, byte[]> letter) {
        try {
            return new JsonObject(InboxEntry.body(letter)).getValue("reason") instanceof String reason ? reason : null;
        } catch (RuntimeException unreadable) {
            // What is no JSON object fails in more than one way, JSON's null among them.
            return null;
        }
    }

    private static InboxEntry entry(ConsumerRecord<String, byte[]> letter, String provider, String reason) {
        String why = reason != null && CODE.matcher(reason).matches() ? reason : UNKNOWN;
        if (letter.key() == null || !KEY.matcher(letter.key()).matches()) {
            return InboxEntry.dead(letter, provider, why);
        }
        return new InboxEntry(
                letter.topic() + "/" + letter.key(),
                provider,
                null,
                "unknown",
                InboxEntry.body(letter),
                "DEAD",
                why,
                TraceParent.fresh());
    }
}
