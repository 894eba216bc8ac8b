package dev.afluente.sync.bill.cycle;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * How far expected bills must reach.
 *
 * @param today in São Paulo
 * @param lastDay the last day on which a row without a bill is booked; null without any
 * @param lastMonth the last month for which a row without a bill is forecast; null without any
 */
public record Horizon(LocalDate today, LocalDate lastDay, YearMonth lastMonth) {
    /** Tells whether no bill after this one is needed. */
    public boolean reaches(Cycle cycle, ForecastMonth meaning) {
        return !cycle.closes().isBefore(today)
                && (lastDay == null || !cycle.closes().isBefore(lastDay))
                && (lastMonth == null
                        || !meaning.of(cycle.closes(), cycle.due()).isBefore(lastMonth));
    }
}
