package dev.afluente.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.afluente.bench.report.Others.Moment;
import org.junit.jupiter.api.Test;

class OthersTest {
    @Test
    void whatIsNeitherIdleNorOursIsOthers() {
        Moment begin = Moment.of(
                "cpu  1000 10 500 8000 100 5 5 80 7 7\ncpu0 1 2 3\n",
                "42 (a (name) S 1) S 1 42 42 0 -1 4194560 900 800 0 0 300 100 50 25 20 0 33 0 1234 18446744073709551615\n");
        Moment end = Moment.of(
                "cpu  1600 10 700 8080 120 5 5 180 7 7\ncpu0 1 2 3\n",
                "42 (a (name) S 1) S 1 42 42 0 -1 4194560 900 800 0 0 500 200 350 125 20 0 33 0 1234 18446744073709551615\n");

        assertThat(begin).isEqualTo(new Moment(9_700, 8_100, 475));
        // Of 1,000 ticks 100 were idle and 700 ours.
        assertThat(end.othersSince(begin)).isCloseTo(0.2, within(1e-9));
    }
}
