package dev.afluente.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final Cursor CURSOR = new Cursor(Instant.parse("2026-03-09T03:00:00.123456Z"), UUID.randomUUID());

    @Test
    void comesBackAsItWas() {
        assertThat(Cursor.decode(CURSOR.encode("filters"), "filters")).isEqualTo(CURSOR);
        assertThat(Cursor.decode(null, "filters")).isNull();
    }

    @Test
    void isRefusedByAListWithOtherFilters() {
        assertRefused(CURSOR.encode("filters"), "others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%%%", "AAAA", "bm90IGEgY3Vyc29y", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5IGEgYg"})
    void nonsenseIsRefused(String text) {
        assertRefused(text, "filters");
    }

    @Test
    void absurdInstantsAndEndlessTextAreRefused() {
        String far = Base64.getUrlEncoder()
                .encodeToString((Long.MAX_VALUE + " " + UUID.randomUUID() + " 0")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertRefused(far, "filters");
        assertRefused("A".repeat(10_000), "filters");
    }

    private static void assertRefused(String text, String filters) {
        assertThatThrownBy(() -> Cursor.decode(text, filters))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.getParameters())
                        .containsEntry("code", "invalid_cursor"));
    }
}
