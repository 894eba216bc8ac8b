package dev.afluente.sandbox.movement;

import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Row;
import dev.afluente.sandbox.statement.Statement;
import java.time.Duration;
import java.time.Instant;

/**
 * A year, up to yesterday, of as many rows as wanted, each drawn from its index alone: no row is kept. The days share
 * the rows evenly; on a day the newest third carry a time of day and the rest stand at local midnight, as banks without
 * times report them.
 */
final class LongStatement implements Statement {

    private static final int MAX_DAYS = 365;
    private static final int PENDING_ROWS = 3;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Book book;
    private final int days;
    private final long todayMillis;

    LongStatement(Book book) {
        this.book = book;
        this.days = Math.min(MAX_DAYS, Math.max(1, book.rows()));
        this.todayMillis = Book.midnight(book.anchor()).toEpochMilli();
    }

    @Override
    public int size() {
        return book.rows();
    }

    @Override
    public long date(int index) {
        int day = (int) ((long) index * days / book.rows());
        int first = firstOfDay(day);
        int onThatDay = firstOfDay(day + 1) - first;
        int timed = onThatDay / 3;
        int position = index - first;
        long midnight = todayMillis - (day + 1) * DAY_MILLIS;
        return position < timed ? midnight + (timed - position) * (DAY_MILLIS - 1000) / (timed + 1) : midnight;
    }

    private int firstOfDay(int day) {
        return (int) (((long) day * book.rows() + days - 1) / days);
    }

    @Override
    public Row row(int index) {
        return BankRows.any(book, index, Instant.ofEpochMilli(date(index)), index < PENDING_ROWS);
    }

    @Override
    public Row later(long slot, Instant date, boolean pending) {
        return BankRows.any(book, slot, date, pending);
    }
}
