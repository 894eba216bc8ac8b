package dev.afluente.webhooks.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.afluente.webhooks.intake.Content.Event;
import dev.afluente.webhooks.intake.Content.NotAnEvent;
import dev.afluente.webhooks.intake.Content.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventReaderTest {

    private final EventReader reader = new EventReader();

    @Test
    void takesWhatRoutingNeeds() {
        Event event = event("{\"event\":\"item/updated\",\"eventId\":\"e-1\",\"id\":\"i-1\",\"itemId\":\"i-1\","
                + "\"clientId\":\"c-1\",\"clientUserId\":\"joão\",\"error\":{\"itemId\":\"deeper\",\"a\":[1,{}]}}");
        assertThat(event).isEqualTo(new Event("item/updated", "e-1", "i-1", null, "c-1"));
        assertThat(event.key()).isEqualTo("i-1");
    }

    @Test
    void keysWithoutAnItem() {
        assertThat(event("{\"event\":\"connector/status_updated\",\"eventId\":\"e\",\"id\":\"601\"}")
                        .key())
                .isEqualTo("connector:601");
        assertThat(event("{\"event\":\"payment_intent/created\",\"eventId\":\"e\",\"id\":\"p\"}")
                        .key())
                .isEqualTo("e");
    }

    @Test
    void withoutAnEventIdTheBytesNameTheEventSoThatRetriesCoincide() {
        String body = "{\"event\":\"item/updated\",\"itemId\":\"i-1\"}";
        assertThat(event(body).id())
                .startsWith("sha256:")
                .hasSize(71)
                .isEqualTo(event(body).id());
        assertThat(event(body + " ").id()).isNotEqualTo(event(body).id());
    }

    @Test
    void aKindNobodyKnowsIsAnEvent() {
        assertThat(event("{\"event\":\"consent/expired\",\"eventId\":\"e\"}").kind())
                .isEqualTo("consent/expired");
    }

    @Test
    void fieldsOfAnotherTypeCountAsAbsent() {
        Event event = event("{\"event\":\"item/updated\",\"eventId\":7,\"itemId\":null,\"clientId\":[\"x\"]}");
        assertThat(event.itemId()).isNull();
        assertThat(event.clientId()).isNull();
        assertThat(event.id()).startsWith("sha256:");
    }

    @Test
    void numbersOfAnySizeAreJustPassedOver() {
        assertThat(event("{\"n\":" + "9".repeat(200_000) + ",\"e\":1e999999999,\"event\":\"item/updated\"}"))
                .isNotNull();
    }

    static Stream<Arguments> garbage() {
        return Stream.of(
                Arguments.of("", Reason.EMPTY),
                Arguments.of("  \n", Reason.EMPTY),
                Arguments.of("\uFEFF{\"event\":\"item/updated\"}", Reason.BYTE_ORDER_MARK),
                Arguments.of("hello", Reason.MALFORMED_JSON),
                Arguments.of("{\"event\":\"item/updated\"", Reason.MALFORMED_JSON),
                Arguments.of("{\"event\":\"item/updated\",}", Reason.MALFORMED_JSON),
                Arguments.of("{\"event\":\"a\",\"event\":\"b\"}", Reason.MALFORMED_JSON),
                Arguments.of("{\"event\":\"a\",\"x\":{\"y\":1,\"y\":2}}", Reason.MALFORMED_JSON),
                Arguments.of("{\"event\":\"a\\ud800\u0001\"}", Reason.MALFORMED_JSON),
                Arguments.of("{\"event\":\"a\"}{\"event\":\"b\"}", Reason.TRAILING_CONTENT),
                Arguments.of("{\"event\":\"a\"} x", Reason.MALFORMED_JSON),
                Arguments.of("[{\"event\":\"a\"}]", Reason.NOT_AN_OBJECT),
                Arguments.of("\"event\"", Reason.NOT_AN_OBJECT),
                Arguments.of("{}", Reason.NO_EVENT_KIND),
                Arguments.of("{\"event\":null}", Reason.NO_EVENT_KIND),
                Arguments.of("{\"event\":7}", Reason.NO_EVENT_KIND),
                Arguments.of("{\"event\":\" \"}", Reason.NO_EVENT_KIND),
                Arguments.of("{\"event\":\"item/updated\\n\"}", Reason.NO_EVENT_KIND),
                Arguments.of("{\"x\":{\"event\":\"item/updated\"}}", Reason.NO_EVENT_KIND),
                Arguments.of("{\"event\":\"" + "e".repeat(257) + "\"}", Reason.FIELD_TOO_LONG),
                Arguments.of("{\"event\":\"a\",\"itemId\":\"" + "i".repeat(99_999) + "\"}", Reason.FIELD_TOO_LONG),
                Arguments.of("{\"event\":\"a\",\"x\":" + "[".repeat(100_000), Reason.LIMIT_EXCEEDED),
                Arguments.of("{\"event\":\"a\",\"x\":" + "{\"a\":".repeat(50_000), Reason.LIMIT_EXCEEDED));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void saysWhyItIsNoEvent(String body, Reason reason) {
        assertThat(reader.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(NotAnEvent.class, garbage -> assertThat(garbage.reason())
                        .isEqualTo(reason));
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                new byte[] {'{', '"', 'x', '"', ':', '"', (byte) 0xC3, '"', '}'},
                new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'},
                new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
                new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0, '}', 0},
                "{\"event\":\"item/updated\"}".getBytes(StandardCharsets.UTF_16LE),
                ("{\"event\":\"item/updated\",\"x\":\"" + "é".repeat(3000) + "\"}")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void whatIsNotUtf8IsNotGuessedAt(byte[] body) {
        assertThat(reader.read(body)).isInstanceOfSatisfying(NotAnEvent.class, garbage -> assertThat(garbage.reason())
                .isEqualTo(Reason.NOT_UTF8));
    }

    @Test
    void noBytesMakeItThrow() {
        long seed = 7;
        Random random = new Random(seed);
        byte[] sane =
                "{\"event\":\"item/updated\",\"eventId\":\"e\",\"x\":[1.5e3,true,null,\"ção\",{\"a\":\"\\u00e9\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        int events = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] body = sane.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            byte[] candidate =
                    random.nextInt(5) == 0 ? java.util.Arrays.copyOf(body, random.nextInt(body.length)) : body;
            assertThatNoException().isThrownBy(() -> reader.read(candidate));
            events += reader.read(candidate) instanceof Event ? 1 : 0;
        }
        System.out.printf("seed %d: 50000 altered bodies, %d still events, 0 exceptions%n", seed, events);
    }

    private Event event(String body) {
        return (Event) reader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
