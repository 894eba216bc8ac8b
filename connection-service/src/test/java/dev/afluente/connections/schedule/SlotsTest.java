package dev.afluente.connections.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final Duration HALF_DAY = Duration.ofHours(12);
    private static final Instant NOW = Instant.parse("2026-03-10T09:15:03Z");

    @Test
    void keepsItsPlaceHoweverLateItWas() {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Instant first = Slots.next("acme", id, NOW, HALF_DAY);

        assertThat(first).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(HALF_DAY));
        assertThat(Slots.next("acme", id, first, HALF_DAY)).isEqualTo(first.plus(HALF_DAY));
        assertThat(Slots.next("acme", id, first.plus(HALF_DAY).minusMillis(1), HALF_DAY))
                .isEqualTo(first.plus(HALF_DAY));
        assertThat(Slots.next("acme", id, first.minusMillis(1), HALF_DAY)).isEqualTo(first);
    }

    /** Ids made in one go are nearly the same number. */
    @Test
    void spreadsConnectionsMadeTogetherOverTheWholeInterval() {
        int[] perHour = new int[12];
        IntStream.range(0, 12_000)
                .mapToObj(i -> Slots.next("acme", UuidCreator.getTimeOrderedEpoch(), NOW, HALF_DAY))
                .forEach(at ->
                        perHour[(int) Math.min(11, Duration.between(NOW, at).toHours())]++);

        assertThat(IntStream.of(perHour).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> config("PT0S", "PT0S").validate()).hasMessageContaining("interval");
        assertThatThrownBy(() -> config("P32D", "PT0S").validate()).hasMessageContaining("interval");
        assertThatThrownBy(() -> config("PT1H", "PT1H").validate()).hasMessageContaining("jitter");
        assertThatThrownBy(() -> config("PT1H", "-PT1S").validate()).hasMessageContaining("jitter");
        config("PT1S", "PT0S").validate();
    }

    private static ScheduleConfig config(String interval, String jitter) {
        return new ScheduleConfig() {
            @Override
            public Duration interval() {
                return Duration.parse(interval);
            }

            @Override
            public Duration jitter() {
                return Duration.parse(jitter);
            }
        };
    }
}
