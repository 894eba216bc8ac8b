package dev.afluente.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sandbox.brazil.Draw;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final DateTimeFormatter FORMATTER =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00.000Z",
                "2024-02-29T23:59:59.001Z",
                "2026-03-10T02:59:59.900Z",
                "2027-12-31T23:59:59.999Z",
            })
    void instantsHaveExactlyThreeFractionDigits(String text) {
        assertThat(Json.time(Instant.parse(text))).isEqualTo(text);
    }

    @Test
    void anyInstantIsWrittenAsAFormatterWould() {
        var draw = new Draw(1, 1);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochMilli(Math.floorMod(draw.next(), 4_000_000_000_000L));
            assertThat(Json.time(instant)).isEqualTo(FORMATTER.format(instant));
        }
    }

    @Test
    void decimalsAreExact() {
        var json = Json.object().put("amount", new BigDecimal("120.50")).put("tiny", new BigDecimal("1E-7"));
        assertThat(new String(Json.bytes(json), StandardCharsets.UTF_8))
                .isEqualTo("{\"amount\":120.50,\"tiny\":0.0000001}");
    }
}
