package dev.afluente.connections.limit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitConfigTest {
    @ParameterizedTest
    @CsvSource({
        "connect-token.burst, 0",
        "manual-sync.burst, -1",
        "mfa-attempt.burst, 10001",
        "credentials.refill, PT0S",
        "status-check.refill, PT25H"
    })
    void outsideOfTheBoundsThereIsNoStart(String name, String value) {
        assertThatThrownBy(() -> limits(Map.of("afluente.limits." + name, value)))
                .hasMessageContaining("afluente.limits");
    }

    @Test
    void theDefaultsAndTheEdgesAreWithin() {
        assertThatCode(() -> limits(Map.of())).doesNotThrowAnyException();
        assertThatCode(() -> limits(Map.of(
                        "afluente.limits.connect-token.burst", "1",
                        "afluente.limits.manual-sync.burst", "10000",
                        "afluente.limits.mfa-attempt.refill", "PT0.001S",
                        "afluente.limits.credentials.refill", "PT24H")))
                .doesNotThrowAnyException();
    }

    private static void limits(Map<String, String> settings) {
        LimitConfig config = new SmallRyeConfigBuilder()
                .withMapping(LimitConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(LimitConfig.class);
        new Limits(null, null, config);
    }
}
