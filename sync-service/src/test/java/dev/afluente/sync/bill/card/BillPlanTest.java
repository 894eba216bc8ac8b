package dev.afluente.sync.bill.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.bill.cycle.Cycle;
import dev.afluente.sync.source.bill.SourceBill;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BillPlanTest {
    private static final KnownBill FEBRUARY = known("february", "2026-01-25", "2026-02-05");
    private static final KnownBill MARCH = known("march", "2026-02-25", "2026-03-05");
    private static final KnownBill OPEN = known(null, "2026-03-28", "2026-04-05");
    private static final KnownBill NEXT = known(null, "2026-04-28", "2026-05-05");

    @Test
    void theExpectedBillKeepsItsIdWhenItComesClosedOnOtherDays() {
        BillPlan plan = BillPlan.of(
                List.of(MARCH, OPEN, NEXT),
                List.of(told("march", "2026-02-25", "2026-03-05"), told("april", "2026-03-27", "2026-04-08")),
                List.of(expected("2026-04-27", "2026-05-08")));

        assertThat(plan.writes()).extracting(BillPlan.Write::id).containsExactly(MARCH.id(), OPEN.id(), NEXT.id());
        assertThat(plan.obsolete()).isEmpty();
    }

    @Test
    void billsNamedAnewAfterARelinkAreTheSameBills() {
        BillPlan plan = BillPlan.of(
                List.of(FEBRUARY, MARCH),
                List.of(told("other", "2026-02-25", "2026-03-05"), told("another", "2026-01-25", "2026-02-05")),
                List.of());

        assertThat(plan.writes()).extracting(BillPlan.Write::id).containsExactly(FEBRUARY.id(), MARCH.id());
        assertThat(plan.writes()).extracting(write -> write.told().providerId()).containsExactly("another", "other");
    }

    @Test
    void aBillTheProviderStillNamesIsNeverTakenForAnother() {
        BillPlan plan = BillPlan.of(
                List.of(MARCH),
                List.of(told("march", "2026-02-25", "2026-03-05"), told("dollars", "2026-02-25", "2026-03-05")),
                List.of());

        assertThat(plan.writes())
                .extracting(BillPlan.Write::id)
                .contains(MARCH.id())
                .doesNotHaveDuplicates();
    }

    @Test
    void aBillFarFromWhatWasExpectedIsAnotherBill() {
        BillPlan plan = BillPlan.of(List.of(OPEN), List.of(told("may", "2026-04-28", "2026-05-05")), List.of());

        assertThat(plan.writes()).extracting(BillPlan.Write::id).doesNotContain(OPEN.id());
        assertThat(plan.obsolete()).containsExactly(OPEN.id());
    }

    @Test
    void aBillTheProviderDoesNotTellAnyMoreStays() {
        BillPlan plan = BillPlan.of(List.of(FEBRUARY), List.of(told("march", "2026-02-25", "2026-03-05")), List.of());

        assertThat(plan.obsolete()).isEmpty();
        assertThat(plan.writes().get(0).cycle().opens()).isEqualTo(LocalDate.parse("2026-01-26"));
    }

    private static KnownBill known(String providerId, String closes, String due) {
        return new KnownBill(UUID.randomUUID(), providerId, LocalDate.parse(closes), LocalDate.parse(due));
    }

    private static SourceBill told(String id, String closes, String due) {
        return new SourceBill(
                id,
                LocalDate.parse(closes),
                LocalDate.parse(due),
                BigDecimal.TEN,
                "BRL",
                null,
                null,
                List.of(),
                List.of());
    }

    private static Cycle expected(String closes, String due) {
        return new Cycle(null, LocalDate.parse(closes), LocalDate.parse(due));
    }
}
