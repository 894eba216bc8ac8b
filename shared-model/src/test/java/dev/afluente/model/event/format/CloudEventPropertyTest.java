package dev.afluente.model.event.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.apache.kafka.common.header.internals.RecordHeaders;

class CloudEventPropertyTest {
    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll @NotEmpty String id, @ForAll @NotEmpty String subject) throws Exception {
        CloudEvent event = new CloudEvent(
                encodable(id),
                "/s",
                "t",
                encodable(subject),
                Instant.parse("2026-03-10T09:15:02.123Z"),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(CloudEvent.of(new RecordHeaders(event.headers()))).isEqualTo(event);
    }

    /** An unpaired surrogate is no character and cannot be written as UTF-8. */
    private static String encodable(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
