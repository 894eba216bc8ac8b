package dev.afluente.sandbox.statement;

import java.time.Instant;

/**
 * The rows of a bank account as first collected, newest first. Row {@code i} costs the same whatever {@code i} is, and
 * {@code date(i)} never rises with {@code i}. Immutable; any thread.
 */
public interface Statement {

    int size();

    /** Milliseconds since the epoch; cheaper than {@code row(i).date()}. */
    long date(int index);

    Row row(int index);

    /** Content for a row that the bank adds later; {@code slot} tells such rows apart. */
    Row later(long slot, Instant date, boolean pending);
}
