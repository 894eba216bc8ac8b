package dev.afluente.model.pluggy.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluggyErrorsTest {
    private final PluggyErrors errors = new PluggyErrors();

    @Test
    void readsTheOneErrorShape() {
        PluggyException error = error(409, """
                {"code": 409, "message": "ana@example.com is updating too often", "errorId": "x",
                 "codeDescription": "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY",
                 "data": {"minUpdateFrequencyAllowedInHours": 24, "lastUpdatedAt": "2026-03-10T09:15:02.000Z"}}
                """);
        assertThat(error.status()).isEqualTo(409);
        assertThat(error.codeDescription()).isEqualTo("CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY");
        assertThat(error.data().path("minUpdateFrequencyAllowedInHours").intValue())
                .isEqualTo(24);
        assertThat(error.retryAfter()).isNull();
        assertThat(error.refusesKey()).isFalse();
        assertThat(error)
                .as("Pluggy's own words are not kept")
                .hasMessage("Pluggy answered 409 CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY");
    }

    @ParameterizedTest
    @CsvSource({
        "401, '{\"code\":401}', true",
        "401, '{\"codeDescription\":\"CLIENT_DISABLED\"}', true",
        "403, '{\"code\":403,\"message\":\"Missing or invalid authorization token\"}', true",
        "403, '{\"codeDescription\":null}', true",
        "403, '{\"codeDescription\":\" \"}', true",
        "403, '{\"codeDescription\":{}}', true",
        "403, '', true",
        "403, '{\"codeDescription\":\"CLIENT_IP_NOT_ALLOWED\"}', false",
        "404, '{}', false",
        "500, '{}', false"
    })
    void knowsARefusedKeyFromARealRefusal(int status, String body, boolean refusesKey) {
        assertThat(error(status, body).refusesKey()).isEqualTo(refusesKey);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>502 Bad Gateway</html>", "[]", "null", "7", "\"x\"", "{\"codeDescription\":", "\u0000"
            })
    void aBodyThatIsNoErrorIsStillAnError(String body) {
        PluggyException error = error(502, body);
        assertThat(error.status()).isEqualTo(502);
        assertThat(error.codeDescription()).isNull();
        assertThat(error.data()).isNull();
    }

    @Test
    void readsNoMoreThanAnErrorCanBe() {
        AtomicLong read = new AtomicLong();
        InputStream tooLong = new FilterInputStream(
                new ByteArrayInputStream("[".repeat(10_000_000).getBytes(UTF_8))) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                read.addAndGet(count);
                return count;
            }
        };
        assertThat(errors.toThrowable(Response.status(500).entity(tooLong).build())
                        .status())
                .isEqualTo(500);
        assertThat(read).hasValueLessThan(100_000);
    }

    @Test
    void aBodyThatBreaksOffIsStillAnError() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("reset");
            }
        };
        assertThat(errors.toThrowable(Response.status(503).entity(broken).build())
                        .status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "429, 17, 60, 17",
        "429, , 60, 60",
        "429, -5, 60, 0",
        "429, soon, 60, 60",
        "429, 999999999, , 3600",
        "503, , 120, 120",
        "404, 17, , ",
        "429, , 'Wed, 21 Oct 2026 07:28:00 GMT', ",
        "429, , , "
    })
    void tellsHowLongToWait(int status, String reset, String retryAfter, Long seconds) {
        Response.ResponseBuilder response = Response.status(status);
        if (reset != null) {
            response.header("RateLimit-Reset", reset);
        }
        if (retryAfter != null) {
            response.header("Retry-After", retryAfter);
        }
        assertThat(errors.toThrowable(response.build()).retryAfter())
                .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    private PluggyException error(int status, String body) {
        return errors.toThrowable(Response.status(status)
                .entity(new ByteArrayInputStream(body.getBytes(UTF_8)))
                .build());
    }
}
