package dev.afluente.sync.bill.cycle;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The bills that are to be expected after the last one the provider told of: the open one with the dates the card itself
 * states, wherever they are news, and after it one a month as far as there are rows. Closing days move from month to
 * month, so all of this is an estimate until the bill itself comes. Pure.
 */
public final class Cycles {
    /** More than the longest purchase in parts that banks offer. */
    static final int MOST = 48;

    /** Days between closing and due, where nothing of the card tells: the most common. */
    static final int USUAL_GAP = 7;

    private Cycles() {}

    /**
     * Returns the expected bills, oldest first; none when neither the card nor a bill has ever told a date.
     *
     * @param last the last bill told of; null before the first
     * @param closes the card's next closing day as its provider states it; may be null or stale
     * @param due the card's next due day, likewise
     */
    public static List<Cycle> after(
            Cycle last, LocalDate closes, LocalDate due, Horizon horizon, ForecastMonth meaning) {
        Cycle first = first(last, closes, due);
        List<Cycle> cycles = new ArrayList<>();
        if (first == null) {
            return cycles;
        }
        LocalDate oldest = horizon.today().minusMonths(2);
        LocalDate opens = first.opens();
        for (int month = 0; month < MOST; month++) {
            // From the first each time: a 31st that became a 30th must not stay one.
            Cycle cycle = new Cycle(
                    opens, first.closes().plusMonths(month), first.due().plusMonths(month));
            opens = cycle.closes().plusDays(1);
            if (!cycle.closes().isBefore(oldest)) {
                cycles.add(cycle);
                if (horizon.reaches(cycle, meaning)) {
                    break;
                }
            }
        }
        return cycles;
    }

    private static Cycle first(Cycle last, LocalDate closes, LocalDate due) {
        LocalDate opens =
                last == null || last.closes() == null ? null : last.closes().plusDays(1);
        if (due != null && (last == null || due.isAfter(last.due()))) {
            boolean stated = closes != null && closes.isBefore(due) && (opens == null || !closes.isBefore(opens));
            return new Cycle(opens, stated ? closes : due.minusDays(gap(last)), due);
        }
        if (last == null) {
            return null;
        }
        LocalDate nextDue = last.due().plusMonths(1);
        LocalDate nextClosing = last.closes() == null
                ? nextDue.minusDays(USUAL_GAP)
                : last.closes().plusMonths(1);
        return new Cycle(opens, nextClosing, nextDue);
    }

    private static long gap(Cycle last) {
        return last == null || last.closes() == null ? USUAL_GAP : ChronoUnit.DAYS.between(last.closes(), last.due());
    }
}
