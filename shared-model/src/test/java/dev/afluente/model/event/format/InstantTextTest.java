package dev.afluente.model.event.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class InstantTextTest {

    @Property(tries = 500)
    void writesWhatThePlatformWrites(
            @ForAll @LongRange(min = -100_000_000_000_000L, max = 100_000_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        Instant instant = Instant.ofEpochSecond(second, nanos);
        assertThat(InstantText.of(instant)).isEqualTo(instant.toString());
    }

    /** Of one second, so that what is kept is used. */
    @Property(tries = 500)
    void writesWhatThePlatformWritesWithinASecond(@ForAll @IntRange(max = 999_999_999) int nanos) {
        Instant instant = Instant.ofEpochSecond(1_773_134_102L, nanos);
        assertThat(InstantText.of(instant)).isEqualTo(instant.toString());
    }

    @Example
    void writesNoMoreDigitsThanNeeded() {
        assertThat(InstantText.of(Instant.parse("2026-03-10T09:15:02Z"))).isEqualTo("2026-03-10T09:15:02Z");
        assertThat(InstantText.of(Instant.parse("2026-03-10T09:15:02.1Z"))).isEqualTo("2026-03-10T09:15:02.100Z");
        assertThat(InstantText.of(Instant.parse("2026-03-10T09:15:03.0001Z"))).isEqualTo("2026-03-10T09:15:03.000100Z");
        assertThat(InstantText.of(Instant.parse("2026-03-10T09:15:03.00000001Z")))
                .isEqualTo("2026-03-10T09:15:03.000000010Z");
    }
}
