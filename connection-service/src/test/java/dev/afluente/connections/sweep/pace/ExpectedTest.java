package dev.afluente.connections.sweep.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpectedTest {
    private static final Instant READING = Instant.parse("2026-03-10T09:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(2);
    private static final Instant TOLD = READING.plus(GRACE);

    @Test
    void newsIsExpectedWhenItShouldHaveBeenTold() {
        assertThat(after(READING.minusSeconds(3_600))).isEqualTo(TOLD);
        assertThat(after(TOLD.minusNanos(1))).isEqualTo(TOLD);
    }

    @Test
    void andAgainAndAgainUntilItIsThere() {
        assertThat(after(TOLD)).isEqualTo(TOLD.plus(Expected.AGAIN));
        Instant last = READING.plus(Expected.PATIENCE).minusNanos(1);
        assertThat(after(last)).isEqualTo(last.plus(Expected.AGAIN));
    }

    @Test
    void aProviderThatNamesNoTimeOrMissesItsOwnIsExpectedNoMore() {
        assertThat(after(READING.plus(Expected.PATIENCE))).isNull();
        assertThat(Expected.after(null, GRACE, TOLD)).isNull();
    }

    private static Instant after(Instant now) {
        return Expected.after(READING, GRACE, now);
    }
}
