package dev.afluente.sync.source.pluggy;

/** A row that cannot be booked, with the stable code that says why. */
final class UnreadableRow extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnreadableRow(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
