package dev.afluente.sync.bill.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.bill.cycle.ForecastMonth.Forecast;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CyclesTest {
    private static final LocalDate TODAY = day("2026-03-10");
    private static final Cycle LAST = new Cycle(null, day("2026-02-25"), day("2026-03-05"));

    @Test
    void theOpenBillHasTheDatesTheCardStates() {
        assertThat(after(LAST, "2026-03-28", "2026-04-07", null, null))
                .containsExactly(cycle("2026-02-26", "2026-03-28", "2026-04-07"));
    }

    @Test
    void staleDatesOfTheCardAreNoNews() {
        assertThat(after(LAST, "2026-02-25", "2026-03-05", null, null))
                .containsExactly(cycle("2026-02-26", "2026-03-25", "2026-04-05"));
    }

    @Test
    void aCardThatStatesOnlyWhenItIsDueKeepsTheUsualDistance() {
        assertThat(after(LAST, null, "2026-04-07", null, null))
                .containsExactly(cycle("2026-02-26", "2026-03-30", "2026-04-07"));
        assertThat(after(null, null, "2026-04-07", null, null))
                .containsExactly(cycle(null, "2026-03-31", "2026-04-07"));
    }

    @Test
    void withoutAnyDateNothingIsExpected() {
        assertThat(after(null, "2026-03-28", null, "2026-05-01", null)).isEmpty();
    }

    @Test
    void billsAreExpectedAsFarAsThereAreRows() {
        assertThat(after(LAST, "2026-03-28", "2026-04-07", "2026-05-29", null))
                .extracting(Cycle::due)
                .containsExactly(day("2026-04-07"), day("2026-05-07"), day("2026-06-07"), day("2026-07-07"));
        assertThat(after(LAST, "2026-03-28", "2026-04-07", "2026-05-28", null)).hasSize(3);
        assertThat(after(LAST, "2026-03-28", "2026-04-07", null, "2026-06")).hasSize(3);
    }

    @Test
    void endsOfMonthsDoNotWander() {
        assertThat(Cycles.after(
                        null,
                        day("2026-01-31"),
                        day("2026-02-08"),
                        new Horizon(day("2026-01-20"), day("2026-04-01"), null),
                        ForecastMonth.DUE))
                .extracting(Cycle::closes)
                .containsExactly(day("2026-01-31"), day("2026-02-28"), day("2026-03-31"), day("2026-04-30"));
    }

    @Test
    void aBillThatHasPassedWithoutBeingToldStaysExpectedAndTheOpenOneFollows() {
        assertThat(after(new Cycle(null, day("2026-01-25"), day("2026-02-05")), "2026-02-25", "2026-03-05", null, null))
                .containsExactly(
                        cycle("2026-01-26", "2026-02-25", "2026-03-05"),
                        cycle("2026-02-26", "2026-03-25", "2026-04-05"));
    }

    @Test
    void aLongSilenceIsNotFilledWithEmptyBills() {
        List<Cycle> expected = after(new Cycle(null, day("2021-01-25"), day("2021-02-05")), null, null, null, null);

        assertThat(expected).hasSizeLessThan(4);
        assertThat(after(LAST, null, null, "2126-01-01", null)).hasSizeLessThanOrEqualTo(Cycles.MOST);
    }

    @Test
    void theCardsOwnClosedRowsTellWhichMonthAForecastMeans() {
        assertThat(ForecastMonth.most(Map.of())).isEqualTo(ForecastMonth.DUE);
        assertThat(ForecastMonth.most(Map.of(new Forecast(LAST, YearMonth.of(2026, 2)), 3L)))
                .isEqualTo(ForecastMonth.CLOSING);
        assertThat(ForecastMonth.most(Map.of(
                        new Forecast(LAST, YearMonth.of(2026, 2)), 1L, new Forecast(LAST, YearMonth.of(2026, 3)), 2L)))
                .isEqualTo(ForecastMonth.DUE);
    }

    private static List<Cycle> after(Cycle last, String closes, String due, String lastDay, String lastMonth) {
        Horizon horizon = new Horizon(TODAY, day(lastDay), lastMonth == null ? null : YearMonth.parse(lastMonth));
        return Cycles.after(last, day(closes), day(due), horizon, ForecastMonth.DUE);
    }

    private static Cycle cycle(String opens, String closes, String due) {
        return new Cycle(day(opens), day(closes), day(due));
    }

    private static LocalDate day(String text) {
        return text == null ? null : LocalDate.parse(text);
    }
}
