package dev.afluente.sync.database;

import java.io.IOException;

/**
 * The ledger cannot be reached now, or did not answer within a request's time. Whether what was asked for happens all the same
 * is not known: an answer may be late only on its way back. Told to clients as {@code storage_unavailable}.
 */
public class LedgerAwayException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param cause null when there was no answer at all */
    LedgerAwayException(Throwable cause) {
        super("The ledger is away", cause);
    }
}
