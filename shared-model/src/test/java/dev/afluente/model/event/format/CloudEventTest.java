package dev.afluente.model.event.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Instant AT = Instant.parse("2026-03-10T09:15:02.123Z");
    private static final CloudEvent EVENT =
            new CloudEvent("id-1", "/afluente/webhook-service", "ai.pluggy.item/updated", "item-1", AT, TRACE);

    @Test
    void travelsAsCloudEventsBinaryHeaders() {
        assertThat(StreamSupport.stream(headers(EVENT).spliterator(), false)
                        .collect(Collectors.toMap(header -> header.key(), header -> new String(header.value(), UTF_8))))
                .containsOnly(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", "id-1"),
                        Map.entry("ce_source", "/afluente/webhook-service"),
                        Map.entry("ce_type", "ai.pluggy.item/updated"),
                        Map.entry("ce_subject", "item-1"),
                        Map.entry("ce_time", "2026-03-10T09:15:02.123Z"),
                        Map.entry("content-type", "application/json"),
                        Map.entry("traceparent", TRACE));
    }

    @Test
    void anEventAboutNothingHasNoSubject() throws Exception {
        CloudEvent event = new CloudEvent("id-1", "/s", "t", null, AT, TRACE);
        assertThat(headers(event).lastHeader("ce_subject")).isNull();
        assertThat(CloudEvent.of(headers(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_source", "ce_type"})
    void withoutARequiredAttributeItIsMalformed(String name) {
        Headers missing = headers(EVENT).remove(name);
        Headers empty = headers(EVENT).remove(name).add(name, new byte[0]);
        Headers nothing = headers(EVENT).remove(name).add(name, null);
        for (Headers headers : new Headers[] {missing, empty, nothing}) {
            assertThatThrownBy(() -> CloudEvent.of(headers))
                    .isInstanceOfSatisfying(MalformedEventException.class, malformed -> assertThat(malformed.reason())
                            .isEqualTo("missing_" + name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-03-10", "1741598102"})
    void aBadTimeDoesNotCostTheEvent(String time) throws Exception {
        Headers headers = headers(EVENT).remove("ce_time").add("ce_time", time.getBytes(UTF_8));
        assertThat(CloudEvent.of(headers).time()).isEqualTo(Instant.EPOCH);
        assertThat(CloudEvent.of(headers.remove("ce_time")).time()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aBadTraceBeginsAnew() throws Exception {
        Headers headers = headers(EVENT).remove("traceparent").add("traceparent", "x".getBytes(UTF_8));
        assertThat(CloudEvent.of(headers).traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    private static Headers headers(CloudEvent event) {
        return new RecordHeaders(event.headers());
    }
}
