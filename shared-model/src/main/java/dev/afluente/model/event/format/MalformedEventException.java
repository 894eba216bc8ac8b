package dev.afluente.model.event.format;

/** A record that is not the event its topic promises. Carries a stable reason code, never the record's content. */
public final class MalformedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public MalformedEventException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** A stable code such as {@code missing_ce_id}; safe to log and to keep beside a dead letter. */
    public String reason() {
        return reason;
    }
}
