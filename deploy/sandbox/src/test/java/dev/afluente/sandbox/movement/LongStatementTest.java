package dev.afluente.sandbox.movement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.brazil.Person;
import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Row;
import dev.afluente.sandbox.statement.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongStatementTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    private static Book book(Book.Kind kind, int rows) {
        return new Book(99, kind, rows, true, TODAY, Person.draw(new Draw(99, 0)), "account");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 499, 500, 501, 12_345, 1_000_000})
    void datesNeverRiseAndLieWithinTheYearBeforeToday(int size) {
        Statement statement = Statements.open(book(Book.Kind.LONG, size));
        assertThat(statement.size()).isEqualTo(size);
        long previous = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            long date = statement.date(i);
            assertThat(date).isLessThanOrEqualTo(previous);
            previous = date;
        }
        Instant newest = Instant.ofEpochMilli(statement.date(0));
        Instant oldest = Instant.ofEpochMilli(statement.date(size - 1));
        assertThat(newest).isBefore(Book.midnight(TODAY));
        assertThat(oldest).isAfterOrEqualTo(Book.midnight(TODAY.minusDays(366)));
    }

    @Test
    void aRowIsTheSameInWhateverOrderRowsAreRead() {
        Statement forwards = Statements.open(book(Book.Kind.LONG, 5000));
        Statement backwards = Statements.open(book(Book.Kind.LONG, 5000));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            rows.add(forwards.row(i));
        }
        for (int i = 4999; i >= 0; i--) {
            assertThat(backwards.row(i)).isEqualTo(rows.get(i));
        }
    }

    @Test
    void anotherSeedMakesAnotherStatement() {
        Statement one = Statements.open(book(Book.Kind.LONG, 100));
        Statement other = Statements.open(
                new Book(100, Book.Kind.LONG, 100, true, TODAY, Person.draw(new Draw(1, 0)), "account"));
        assertThat(one.row(5)).isNotEqualTo(other.row(5));
    }

    @Test
    void someNeighboursAreTwinsButForTheInstitutionsOwnId() {
        Statement statement = Statements.open(book(Book.Kind.LONG, 20_000));
        int twins = 0;
        for (int i = 0; i + 1 < 20_000; i += 2) {
            Row one = statement.row(i);
            Row other = statement.row(i + 1);
            if (one.text().equals(other.text())
                    && one.money().equals(other.money())
                    && one.date().equals(other.date())) {
                twins++;
                assertThat(one.origin().providerId())
                        .isNotEqualTo(other.origin().providerId());
            }
        }
        assertThat(twins).isBetween(30, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOUSEHOLD", "SAVINGS", "CARD"})
    void listedStatementsRepeatThemselvesToo(String kind) {
        Statement one = Statements.open(book(Book.Kind.valueOf(kind), 0));
        Statement again = Statements.open(book(Book.Kind.valueOf(kind), 0));
        assertThat(one.size()).isGreaterThan(10).isEqualTo(again.size());
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.row(i)).isEqualTo(again.row(i));
        }
    }
}
