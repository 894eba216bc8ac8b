package dev.afluente.connections.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.provider.ProviderFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevocationPauseTest {
    private static final Instant NOW = Instant.parse("2026-03-10T09:15:03Z");

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "5, 16", "6, 30", "1000000, 30"})
    void aProviderThatIsAwayIsTriedEverMoreRarely(int attempts, long seconds) {
        assertThat(RevocationPause.after(new ProviderFailure.Unavailable(NOW), attempts, NOW))
                .isEqualTo(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "3, 120", "1000000, 3600"})
    void oneThatRefusesMoreRarelyStill(int attempts, long seconds) {
        assertThat(RevocationPause.after(new ProviderFailure.Rejected("answered_401"), attempts, NOW))
                .isEqualTo(NOW.plusSeconds(seconds));
    }

    @Test
    void aLimitIsWaitedOut() {
        assertThat(RevocationPause.after(new ProviderFailure.RateLimited(NOW.plusSeconds(60)), 1, NOW))
                .isEqualTo(NOW.plusSeconds(60));
        assertThat(RevocationPause.after(new ProviderFailure.RateLimited(NOW), 1, NOW))
                .isAfter(NOW);
    }
}
