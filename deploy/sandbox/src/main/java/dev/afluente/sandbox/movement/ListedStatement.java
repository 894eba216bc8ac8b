package dev.afluente.sandbox.movement;

import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Row;
import dev.afluente.sandbox.statement.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A statement short enough to be written out: a few hundred rows at most. */
final class ListedStatement implements Statement {

    private final List<Row> rows;
    private final Book book;

    private ListedStatement(List<Row> rows, Book book) {
        this.rows = rows;
        this.book = book;
    }

    static ListedStatement of(List<Row> rows, Book book) {
        return new ListedStatement(
                rows.stream().sorted(Comparator.comparing(Row::date).reversed()).toList(), book);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public long date(int index) {
        return rows.get(index).date().toEpochMilli();
    }

    @Override
    public Row row(int index) {
        return rows.get(index);
    }

    @Override
    public Row later(long slot, Instant date, boolean pending) {
        return book.kind() == Book.Kind.CARD
                ? CardYear.later(book, slot, date, pending)
                : BankRows.any(book, slot, date, pending);
    }
}
