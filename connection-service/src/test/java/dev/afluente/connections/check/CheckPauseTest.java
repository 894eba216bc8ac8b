package dev.afluente.connections.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.provider.ProviderFailure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckPauseTest {
    private static final Instant NOW = Instant.parse("2026-03-10T09:15:03Z");

    @ParameterizedTest
    @CsvSource({"0, 15", "1, 15", "2, 30", "3, 60", "6, 480", "7, 900", "40, 900", "2000000000, 900"})
    void growsWhileAStateIsPassing(int attempts, long seconds) {
        assertThat(CheckPause.whilePassing(attempts, NOW)).isEqualTo(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "4, 8", "5, 10", "1000, 10"})
    void staysShortWhileTheProviderIsAway(int attempts, long seconds) {
        assertThat(CheckPause.after(new ProviderFailure.Unavailable(NOW), attempts, NOW))
                .isEqualTo(NOW.plusSeconds(seconds));
    }

    @Test
    void obeysALimitButNeverRunsHot() {
        assertThat(CheckPause.after(new ProviderFailure.RateLimited(NOW.plusSeconds(59)), 1, NOW))
                .isEqualTo(NOW.plusSeconds(59));
        assertThat(CheckPause.after(new ProviderFailure.RateLimited(NOW.minusSeconds(9)), 1, NOW))
                .isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void growsForARefusal() {
        assertThat(Duration.between(NOW, CheckPause.after(new ProviderFailure.Rejected("x"), 3, NOW)))
                .isEqualTo(Duration.ofSeconds(60));
    }
}
