package dev.afluente.sandbox.collected;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.brazil.Person;
import dev.afluente.sandbox.movement.Statements;
import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {

    private static final Instant FIRST = Instant.parse("2026-03-10T12:00:00.000Z");
    private static final Instant LATER = Instant.parse("2026-03-11T12:00:00.000Z");
    private static final Book BOOK =
            new Book(3, Book.Kind.LONG, 2000, false, LocalDate.of(2026, 3, 10), Person.draw(new Draw(3, 0)), "account");
    private static final Statement STATEMENT = Statements.open(BOOK);

    private static Rows changed(Overlay[] out) {
        Overlay overlay = Overlay.none(FIRST);
        var changes = new RowChanges(new Rows(STATEMENT, overlay), overlay, new Draw(1, 1), LATER);
        changes.remove(150);
        changes.change(80);
        changes.postPending(false);
        changes.add(120, false, LATER);
        out[0] = changes.done().overlay();
        return new Rows(STATEMENT, out[0]);
    }

    private static List<Rows.Collected> all(Rows rows, Rows.Window window) {
        List<Rows.Collected> all = new ArrayList<>();
        Rows.Walk walk = rows.walk(window);
        for (Rows.Collected row = walk.next(); row != null; row = walk.next()) {
            all.add(row);
        }
        return all;
    }

    @Test
    void aWalkSeesEveryPresentRowOnceInOrder() {
        Rows rows = changed(new Overlay[1]);
        List<Rows.Collected> all = all(rows, Rows.Window.ALL);
        assertThat(all).hasSize(rows.count()).hasSize(2000 - 150 + 120);
        assertThat(all.stream().map(Rows.Collected::slot)).doesNotHaveDuplicates();
        assertThat(all)
                .isSortedAccordingTo(
                        Comparator.comparing((Rows.Collected row) -> row.row().date())
                                .reversed()
                                .thenComparing(Rows.Collected::slot));
    }

    @Test
    void goingOnFromAnyPlaceYieldsTheRest() {
        Rows rows = changed(new Overlay[1]);
        List<Rows.Collected> all = all(rows, Rows.Window.ALL);
        for (int i = 0; i < all.size(); i += 37) {
            Rows.Collected last = all.get(i);
            var place = new Rows.Place(last.row().date().toEpochMilli(), last.slot());
            var window = new Rows.Window(Long.MIN_VALUE, Long.MAX_VALUE, null, place);
            assertThat(all(rows, window)).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void aPlaceWhoseRowIsGoneStillMarksThePlace() {
        Overlay overlay = Overlay.none(FIRST);
        List<Rows.Collected> all = all(new Rows(STATEMENT, overlay), Rows.Window.ALL);
        Rows.Collected gone = all.get(700);
        var place = new Rows.Place(gone.row().date().toEpochMilli(), gone.slot());
        Rows without = new Rows(STATEMENT, overlay.minus(List.of(gone.slot())));
        var window = new Rows.Window(Long.MIN_VALUE, Long.MAX_VALUE, null, place);
        assertThat(all(without, window)).isEqualTo(all.subList(701, 2000));
    }

    @Test
    void windowsByDateAndByCollectionAreExact() {
        Rows rows = changed(new Overlay[1]);
        List<Rows.Collected> all = all(rows, Rows.Window.ALL);
        long from = Instant.parse("2025-08-01T03:00:00Z").toEpochMilli();
        long to = Instant.parse("2026-01-31T03:00:00Z").toEpochMilli();
        assertThat(all(rows, new Rows.Window(from, to, null, null)))
                .isEqualTo(all.stream()
                        .filter(row -> row.row().date().toEpochMilli() >= from
                                && row.row().date().toEpochMilli() <= to)
                        .toList());
        assertThat(all(rows, new Rows.Window(Long.MIN_VALUE, Long.MAX_VALUE, LATER, null)))
                .hasSize(121)
                .isEqualTo(all.stream()
                        .filter(row -> row.createdAt().equals(LATER))
                        .toList());
        assertThat(all(rows, new Rows.Window(Long.MIN_VALUE, Long.MAX_VALUE, FIRST, null)))
                .isEqualTo(all);
    }

    @Test
    void rowsAreFoundBySlotAsTheWalkShowsThem() {
        Rows rows = changed(new Overlay[1]);
        for (Rows.Collected row : all(rows, Rows.Window.ALL)) {
            assertThat(rows.find(row.slot())).contains(row);
        }
    }

    @Test
    void aReissueKeepsContentAndOrder() {
        Overlay[] overlay = new Overlay[1];
        List<Rows.Collected> before = all(changed(overlay), Rows.Window.ALL);
        Instant now = LATER.plusSeconds(60);
        Rows after = new Rows(STATEMENT, overlay[0].reissued(now));
        assertThat(after.generation()).isEqualTo(1);
        List<Rows.Collected> again = all(after, Rows.Window.ALL);
        assertThat(again.stream().map(Rows.Collected::row))
                .containsExactlyElementsOf(
                        before.stream().map(Rows.Collected::row).toList());
        assertThat(again).allMatch(row -> row.createdAt().equals(now));
    }
}
