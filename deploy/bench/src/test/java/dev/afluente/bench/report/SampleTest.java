package dev.afluente.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoMiddles() {
        assertThat(new Sample(List.of(3.0, 1.0, 2.0)).median()).isEqualTo(2);
        assertThat(new Sample(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    }

    @Test
    void aPercentileIsAValueThatWasMeasured() {
        Sample hundred = new Sample(
                IntStream.rangeClosed(1, 100).mapToObj(each -> (double) each).toList());

        assertThat(hundred.percentile(95)).isEqualTo(95);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        assertThat(new Sample(List.of(7.0)).percentile(1)).isEqualTo(7);
    }

    @Test
    void figuresShowThreeDigitsThatCount() {
        assertThat(Sample.number(12345.6)).isEqualTo("12,346");
        assertThat(Sample.number(12.345)).isEqualTo("12.3");
        assertThat(Sample.number(1.2345)).isEqualTo("1.23");
        assertThat(Sample.number(0.12345)).isEqualTo("0.123");
        assertThat(new Sample(List.of(1.0, 2.0, 9.0)).told()).isEqualTo("2.00 (1.00 to 9.00, n=3)");
    }

    @Test
    void nothingMeasuredIsNoSample() {
        assertThatThrownBy(() -> new Sample(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
