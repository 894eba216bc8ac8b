package dev.afluente.sync.bill.cycle;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;

/**
 * Which month a provider means when it forecasts a row's bill. Institutions differ and none says so, hence a card's own
 * closed rows decide, which carry both the forecast and the bill it became. Pure.
 */
public enum ForecastMonth {
    /** The month in which the bill is due, as most people name a bill. */
    DUE,
    /** The month in which it closes. */
    CLOSING;

    /** The month under which a bill is forecast; null where its closing day is not known. */
    public YearMonth of(LocalDate closes, LocalDate due) {
        LocalDate day = this == DUE ? due : closes;
        return day == null ? null : YearMonth.from(day);
    }

    /**
     * Returns what most closed rows mean; {@link #DUE} without any.
     *
     * @param rows how many rows of a closed bill, by its span and the month that had been forecast
     */
    public static ForecastMonth most(Map<Forecast, Long> rows) {
        return agreeing(rows, CLOSING) > agreeing(rows, DUE) ? CLOSING : DUE;
    }

    private static long agreeing(Map<Forecast, Long> rows, ForecastMonth meaning) {
        return rows.entrySet().stream()
                .filter(row -> row.getKey()
                        .month()
                        .equals(meaning.of(
                                row.getKey().bill().closes(),
                                row.getKey().bill().due())))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** A closed bill and a month for which rows on it had been forecast. */
    public record Forecast(Cycle bill, YearMonth month) {}
}
