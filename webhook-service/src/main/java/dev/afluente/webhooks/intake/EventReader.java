package dev.afluente.webhooks.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.afluente.webhooks.intake.Content.Event;
import dev.afluente.webhooks.intake.Content.NotAnEvent;
import dev.afluente.webhooks.intake.Content.Reason;
import java.io.IOException;

/**
 * Reads the few fields that routing needs, as a stream: no tree, no copy, numbers never converted. The whole text is still
 * walked, because bytes that no consumer can parse must be told now and not in a consumer. Fields of a type we do not expect
 * count as absent; nested content is passed over, with duplicate keys refused and depth bounded. Immutable, for any thread;
 * never throws for anything a body can hold.
 */
final class EventReader {

    /** Pluggy's ids are UUIDs; consumers keep ids in bounded columns. In characters. */
    private static final int LONGEST_FIELD = 256;

    private static final int DEEPEST = 200;

    private final JsonFactory json = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Names are kept and found again by their bytes, which also lets the parser work on the bytes. Who is
            // genuine
            // may send any names: many of one hash only make the table forget.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    Content read(byte[] body) {
        Reason unreadable = Bytes.unreadable(body);
        if (unreadable != null) {
            return refused(unreadable, body);
        }
        try (JsonParser parser = json.createParser(body)) {
            return object(parser, body);
        } catch (StreamConstraintsException e) {
            return refused(Reason.LIMIT_EXCEEDED, body);
        } catch (JsonParseException e) {
            return refused(Reason.MALFORMED_JSON, body);
        } catch (IOException e) {
            // A body in memory cannot fail to be read: only the parser's own end-of-input arrives here.
            return refused(Reason.MALFORMED_JSON, body);
        }
    }

    private static Content object(JsonParser parser, byte[] body) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return refused(parser.currentToken() == null ? Reason.EMPTY : Reason.NOT_AN_OBJECT, body);
        }
        Fields fields = new Fields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                fields.take(name, parser);
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            return refused(Reason.TRAILING_CONTENT, body);
        }
        return fields.content(body);
    }

    private static NotAnEvent refused(Reason reason, byte[] body) {
        return new NotAnEvent(reason, Bytes.hash(body));
    }

    /** The fields read so far; lives for one body. */
    private static final class Fields {
        private String kind;
        private String eventId;
        private String entityId;
        private String itemId;
        private String clientId;
        private boolean tooLong;

        void take(String name, JsonParser parser) throws IOException {
            switch (name) {
                case "event" -> kind = text(parser);
                case "eventId" -> eventId = text(parser);
                case "id" -> entityId = text(parser);
                case "itemId" -> itemId = text(parser);
                case "clientId" -> clientId = text(parser);
                default -> parser.finishToken();
            }
        }

        Content content(byte[] body) {
            if (tooLong) {
                return refused(Reason.FIELD_TOO_LONG, body);
            }
            if (kind == null || !printable(kind)) {
                return refused(Reason.NO_EVENT_KIND, body);
            }
            String connector = itemId == null && kind.startsWith("connector/") ? entityId : null;
            return new Event(kind, eventId == null ? Bytes.hash(body) : eventId, itemId, connector, clientId);
        }

        private static boolean printable(String kind) {
            for (int i = 0; i < kind.length(); i++) {
                if (kind.charAt(i) <= ' ' || kind.charAt(i) > '~') {
                    return false;
                }
            }
            return true;
        }

        private String text(JsonParser parser) throws IOException {
            if (parser.getTextLength() > LONGEST_FIELD) {
                tooLong = true;
                return null;
            }
            String text = parser.getText();
            return text.isBlank() ? null : text;
        }
    }
}
