package dev.afluente.model.event.format;

import static dev.afluente.model.event.contract.EventContract.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.ConnectionEvent;
import dev.afluente.model.event.NotificationEvent;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.SyncRequest;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.TransactionsMerged;
import dev.afluente.model.event.contract.EventContract;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFormatTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID CONNECTION = UUID.fromString("0197a0de-4c6b-7c11-9a52-6f0e0a000001");
    private static final UUID RUN = UUID.fromString("0197a0de-4c6b-7c11-9a52-6f0e0a0000aa");
    private static final UUID NOTIFICATION = UUID.fromString("0197a0de-4c6b-7c11-9a52-6f0e0a0000ee");
    private static final Instant AT = Instant.parse("2026-03-10T09:15:02.123Z");
    private static final ConnectionEvent.Link LINK =
            new ConnectionEvent.Link("pluggy", "3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001", "Banco Exemplo São João");

    /** The events whose JSON is each type's golden sample {@code current}. */
    static Stream<BankingEvent> current() {
        return Stream.of(
                new ConnectionEvent.Linked("acme", "ana", CONNECTION, 3, AT, LINK),
                new ConnectionEvent.Changed("acme", "ana", CONNECTION, 3, AT, LINK, "WAITING_USER_INPUT"),
                new ConnectionEvent.Removed("acme", "ana", CONNECTION, 3, AT, LINK),
                new SyncFinished(
                        "acme",
                        CONNECTION,
                        RUN,
                        "WEBHOOK",
                        "PARTIAL",
                        "account_unavailable",
                        Instant.parse("2026-03-10T09:15:00Z"),
                        AT,
                        new SyncFinished.Counts(9007199254740993L, 2, 1, 480, 1),
                        List.of(UUID.fromString("0197a0de-4c6b-7c11-9a52-6f0e0a0000cc")),
                        Instant.parse("2026-03-10T09:14:58Z")),
                new SyncRequest.Requested("acme", "ana", CONNECTION, RUN, "MANUAL", true, AT, LINK),
                new SyncRequest.Released("acme", CONNECTION, RUN, AT),
                new SyncRequest.Abandoned("acme", CONNECTION, RUN, "NEEDS_USER", "login_required", AT),
                new NotificationEvent.Raised(
                        "acme",
                        "ana",
                        CONNECTION,
                        NOTIFICATION,
                        "CONSENT_EXPIRING",
                        "7_DAYS",
                        Instant.parse("2026-03-17T09:15:00Z"),
                        AT),
                new NotificationEvent.Cleared("acme", "ana", CONNECTION, NOTIFICATION, "CONSENT_EXPIRING", AT),
                new TransactionsMerged(
                        "acme",
                        CONNECTION,
                        UUID.fromString("0197a0de-4c6b-7c11-9a52-6f0e0a0000cc"),
                        RUN,
                        List.of(
                                UUID.fromString("0197a0de-4c6b-7c11-9a52-6f0e0a0000d1"),
                                UUID.fromString("0197a0de-4c6b-7c11-9a52-6f0e0a0000d2")),
                        List.of(UUID.fromString("0197a0de-4c6b-7c11-9a52-6f0e0a0000d3")),
                        List.of()));
    }

    @Test
    void everyTypeHasItsGoldenEvent() {
        assertThat(current().map(EventFormat::type)).containsExactlyInAnyOrderElementsOf(EventFormat.types());
    }

    @ParameterizedTest
    @MethodSource("current")
    void writesTheGoldenSample(BankingEvent event) throws Exception {
        String type = EventFormat.type(event);
        byte[] written = EventFormat.write(event).getBytes(UTF_8);
        EventContract.assertWritten(type, written);
        assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(sample(type, "current")));
    }

    @ParameterizedTest
    @MethodSource("current")
    void readsWhatItWrote(BankingEvent event) throws Exception {
        String type = EventFormat.type(event);
        assertThat(EventFormat.read(type, EventFormat.write(event).getBytes(UTF_8)))
                .isEqualTo(event);
        assertThat(EventFormat.read(type, sample(type, "current"))).isEqualTo(event);
    }

    @Test
    void everyTypeIsReadableAtEveryAge() {
        EventContract.assertReads(EventFormat.types(), "/afluente/test", (event, data) -> {
            EventContract.assertValid(event.type(), data);
            BankingEvent read = EventFormat.read(event.type(), data);
            assertThat(EventFormat.type(read)).isEqualTo(event.type());
            assertThat(read.tenantId()).isEqualTo("acme");
            assertThat(read.connectionId()).isEqualTo(CONNECTION);
        });
    }

    @Test
    void whatOlderWritersLeaveOutHasItsDefault() throws Exception {
        TransactionsMerged merged = (TransactionsMerged) EventFormat.read(
                "dev.afluente.transactions.merged.v1", sample("dev.afluente.transactions.merged.v1", "older"));
        assertThat(merged.removed()).isEmpty();
        assertThat(merged.runId()).isNull();
        SyncFinished finished = (SyncFinished)
                EventFormat.read("dev.afluente.sync.finished.v1", sample("dev.afluente.sync.finished.v1", "older"));
        assertThat(finished.reason()).isNull();
        assertThat(finished.startedAt()).isNull();
        assertThat(finished.accountIds()).isEmpty();
        assertThat(((SyncRequest.Requested) EventFormat.read(
                                "dev.afluente.sync.requested.v1", sample("dev.afluente.sync.requested.v1", "older")))
                        .waits())
                .isFalse();
    }

    @Test
    void aKindThatNewerWritersMayAddIsSkipped() throws Exception {
        assertThat(EventFormat.read("dev.afluente.connection.linked.v2", new byte[0]))
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("current")
    void dataWithoutARequiredFieldIsMalformed(BankingEvent event) throws Exception {
        String type = EventFormat.type(event);
        for (var required : EventContract.schema(type).path("required")) {
            for (boolean asNull : new boolean[] {true, false}) {
                ObjectNode data = (ObjectNode) JSON.readTree(sample(type, "current"));
                if (asNull) {
                    data.putNull(required.textValue());
                } else {
                    data.remove(required.textValue());
                }
                assertMalformed(type, JSON.writeValueAsBytes(data), "unreadable_data");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "\"x\"",
                "{\"connection_id\":\"nobody\"}",
                "{\"version\":\"x\"}",
                "\u0000",
                "{}"
            })
    void dataThatIsNotTheEventIsMalformed(String data) {
        EventFormat.types().forEach(type -> assertMalformed(type, data.getBytes(UTF_8), "unreadable_data"));
    }

    @Test
    void noDataAtAllIsMalformed() {
        assertMalformed("dev.afluente.sync.finished.v1", null, "no_data");
        assertMalformed("dev.afluente.sync.finished.v1", "null".getBytes(UTF_8), "no_data");
    }

    @Test
    void hostileNestingIsRefusedQuickly() {
        String deep = "{\"x\":" + "[".repeat(1_000_000);
        assertMalformed("dev.afluente.sync.finished.v1", deep.getBytes(UTF_8), "unreadable_data");
    }

    @Test
    void anEventThatItsSchemaRefusesCannotBeMade() {
        assertThatThrownBy(() -> new ConnectionEvent.Linked("acme", "ana", CONNECTION, 0, AT, LINK))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ConnectionEvent.Linked("acme", null, CONNECTION, 1, AT, LINK))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void eachKindGoesToItsTopic() {
        assertThat(current().map(EventFormat::topic))
                .containsExactly(
                        "banking.connections",
                        "banking.connections",
                        "banking.connections",
                        "banking.sync-results",
                        "banking.sync-requests",
                        "banking.sync-requests",
                        "banking.sync-requests",
                        "banking.notifications",
                        "banking.notifications",
                        "banking.transactions");
        assertThat(Topics.ALL).containsAll(current().map(EventFormat::topic).toList());
    }

    private static void assertMalformed(String type, byte[] data, String reason) {
        assertThatThrownBy(() -> EventFormat.read(type, data))
                .isInstanceOfSatisfying(MalformedEventException.class, malformed -> assertThat(malformed.reason())
                        .isEqualTo(reason))
                .hasNoCause();
    }
}
