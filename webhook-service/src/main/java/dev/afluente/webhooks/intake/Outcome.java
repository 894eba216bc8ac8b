package dev.afluente.webhooks.intake;

/** How a delivery ended. */
public enum Outcome {
    /** Every in-sync replica has it. */
    ACCEPTED,
    /** Some configured layer refused it; which one is in the log and the metrics only. */
    NOT_GENUINE,
    /** Genuine, but no event; every in-sync replica has its bytes among the dead letters. */
    NOT_AN_EVENT,
    /** Larger than allowed; not read to its end. */
    TOO_LARGE,
    /** Not certain to be kept: the sender has to come again. It may yet be kept, with the same id. */
    UNAVAILABLE,
    /** A defect of ours; nothing was acknowledged. */
    FAILED;

    private final String key = name().toLowerCase(java.util.Locale.ROOT);

    /** A stable key in snake case, safe for logs and metric labels. */
    public String key() {
        return key;
    }
}
