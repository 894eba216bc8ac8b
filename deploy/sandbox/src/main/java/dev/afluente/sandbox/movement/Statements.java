package dev.afluente.sandbox.movement;

import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Statement;

/** Opens the statement that a book describes. */
public final class Statements {

    private Statements() {}

    public static Statement open(Book book) {
        return switch (book.kind()) {
            case LONG -> new LongStatement(book);
            case HOUSEHOLD -> ListedStatement.of(Household.rows(book), book);
            case SAVINGS -> ListedStatement.of(Household.savings(book), book);
            case CARD -> ListedStatement.of(CardYear.rows(book), book);
        };
    }
}
