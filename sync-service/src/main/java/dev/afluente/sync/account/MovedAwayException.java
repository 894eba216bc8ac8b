package dev.afluente.sync.account;

/** Another connection reads the account now. Not a fault: the account loses nothing by it. */
public final class MovedAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MovedAwayException() {
        super("moved_away", null, false, false);
    }
}
