package dev.afluente.model.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.model.event.TransactionsMerged;
import dev.afluente.model.event.contract.EventContract;
import dev.afluente.model.event.format.EventFormat;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutboxEntryTest {
    private static final UUID CONNECTION = UUID.randomUUID();

    @Test
    void holdsTheEventAsItWillTravel() throws Exception {
        TransactionsMerged event = merged(List.of(UUID.randomUUID()));
        OutboxEntry entry = OutboxEntry.of(event, OutboxDatabase.TRACE);
        assertThat(entry.tenantId()).isEqualTo("acme");
        assertThat(entry.topic()).isEqualTo("banking.transactions");
        assertThat(entry.key()).isEqualTo(CONNECTION.toString());
        assertThat(entry.type()).isEqualTo("dev.afluente.transactions.merged.v1");
        assertThat(entry.traceparent()).isEqualTo(OutboxDatabase.TRACE);
        EventContract.assertWritten(entry.type(), entry.payload().getBytes(UTF_8));
        assertThat(EventFormat.read(entry.type(), entry.payload().getBytes(UTF_8)))
                .isEqualTo(event);
    }

    @Test
    void anEventWithoutATraceBeginsOne() {
        assertThat(OutboxEntry.of(merged(List.of()), null).traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(OutboxEntry.of(merged(List.of()), "x").traceparent()).startsWith("00-");
    }

    @Test
    void eventIdsGrowWithTime() {
        List<UUID> ids = Stream.generate(
                        () -> OutboxEntry.of(merged(List.of()), null).eventId())
                .limit(1_000)
                .toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.version() == 7);
        assertThat(ids.stream().map(UUID::toString)).isSorted();
    }

    @Test
    void aWholePageFitsAndWhatKafkaWouldRefuseIsRefusedHere() {
        assertThat(OutboxEntry.of(merged(Collections.nCopies(1_500, UUID.randomUUID())), null)
                        .payload())
                .hasSizeLessThan(100_000);
        assertThatThrownBy(() -> OutboxEntry.of(merged(Collections.nCopies(20_000, UUID.randomUUID())), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large");
    }

    private static TransactionsMerged merged(List<UUID> added) {
        return new TransactionsMerged("acme", CONNECTION, UUID.randomUUID(), null, added, List.of(), List.of());
    }
}
