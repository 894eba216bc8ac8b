package dev.afluente.sync.bill.card;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.sync.bill.cycle.Cycle;
import dev.afluente.sync.bill.cycle.Cycles;
import dev.afluente.sync.source.bill.SourceBill;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides which of the ledger's bills is which of the provider's. A bill keeps its id when the provider gives it another
 * one (a new link names every bill anew) and when the open bill it was expected to be comes closed. Pure.
 *
 * @param writes every bill that the provider tells of or that is expected, oldest first
 * @param obsolete expected bills that are not expected any more
 */
record BillPlan(List<Write> writes, List<UUID> obsolete) {
    /** An expected bill comes this near to its due day, or it is another one. */
    private static final int NEAR_DAYS = 15;

    /** @param told null for a bill that is only expected */
    record Write(UUID id, Cycle cycle, SourceBill told) {}

    /**
     * Plans.
     *
     * @param known every bill of the card
     * @param expected from {@link Cycles}
     */
    static BillPlan of(List<KnownBill> known, List<SourceBill> told, List<Cycle> expected) {
        Set<String> ids = told.stream().map(SourceBill::providerId).collect(Collectors.toSet());
        List<KnownBill> left = new ArrayList<>(known);
        List<Write> writes = new ArrayList<>();
        NavigableMap<LocalDate, LocalDate> closings = closings(known, told);
        for (SourceBill bill : sorted(told)) {
            UUID id = take(left, one -> bill.providerId().equals(one.providerId()), bill.dueDay())
                    .or(() -> take(
                            left,
                            one -> one.isTold()
                                    && !ids.contains(one.providerId())
                                    && one.due().equals(bill.dueDay()),
                            bill.dueDay()))
                    .or(() -> take(left, one -> expectedNear(one, bill.dueDay()), bill.dueDay()))
                    .orElseGet(UuidCreator::getTimeOrderedEpoch);
            Map.Entry<LocalDate, LocalDate> before = closings.lowerEntry(bill.dueDay());
            LocalDate opens = before == null ? null : before.getValue().plusDays(1);
            writes.add(new Write(id, new Cycle(opens, bill.closingDay(), bill.dueDay()), bill));
        }
        for (Cycle cycle : expected) {
            UUID id = take(left, one -> expectedNear(one, cycle.due()), cycle.due())
                    .orElseGet(UuidCreator::getTimeOrderedEpoch);
            writes.add(new Write(id, cycle, null));
        }
        return new BillPlan(
                writes,
                left.stream().filter(one -> !one.isTold()).map(KnownBill::id).toList());
    }

    /** Closing days by due day, of every bill that has ever been told with one. */
    private static NavigableMap<LocalDate, LocalDate> closings(List<KnownBill> known, List<SourceBill> told) {
        NavigableMap<LocalDate, LocalDate> closings = new TreeMap<>();
        known.stream()
                .filter(bill -> bill.isTold() && bill.closes() != null)
                .forEach(bill -> closings.put(bill.due(), bill.closes()));
        told.stream()
                .filter(bill -> bill.closingDay() != null)
                .forEach(bill -> closings.put(bill.dueDay(), bill.closingDay()));
        return closings;
    }

    private static List<SourceBill> sorted(List<SourceBill> told) {
        return told.stream()
                .sorted(Comparator.comparing(SourceBill::dueDay).thenComparing(SourceBill::providerId))
                .toList();
    }

    private static boolean expectedNear(KnownBill bill, LocalDate due) {
        return !bill.isTold() && distance(bill, due) <= NEAR_DAYS;
    }

    private static long distance(KnownBill bill, LocalDate due) {
        return Math.abs(ChronoUnit.DAYS.between(bill.due(), due));
    }

    /** Takes the fitting bill that is due nearest, so that no two become one. */
    private static Optional<UUID> take(List<KnownBill> left, Predicate<KnownBill> fits, LocalDate due) {
        Optional<KnownBill> found = left.stream()
                .filter(fits)
                .min(Comparator.<KnownBill>comparingLong(bill -> distance(bill, due))
                        .thenComparing(KnownBill::id));
        found.ifPresent(left::remove);
        return found.map(KnownBill::id);
    }
}
