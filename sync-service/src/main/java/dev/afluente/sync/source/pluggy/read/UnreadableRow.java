package dev.afluente.sync.source.pluggy.read;

/** A row that cannot be booked, with the stable code that says why. */
public final class UnreadableRow extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public UnreadableRow(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
