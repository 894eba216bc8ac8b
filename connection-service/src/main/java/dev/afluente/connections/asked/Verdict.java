package dev.afluente.connections.asked;

/** What a state means for a run that waits. */
sealed interface Verdict {
    /** Nothing yet. */
    record Wait() implements Verdict {}

    /** The provider is at it: no refresh is needed any more. */
    record Reading() implements Verdict {}

    /** The bank was read: the run can go. */
    record Release() implements Verdict {}

    /**
     * The provider did not get through to the bank; one more try.
     *
     * @param number which retry it is, from 1
     */
    record Retry(int number) implements Verdict {}

    /**
     * The run ends without data.
     *
     * @param status {@code FAILED} or {@code NEEDS_USER}
     * @param reason a stable code
     */
    record Abandon(String status, String reason) implements Verdict {
        static Abandon failed(String reason) {
            return new Abandon("FAILED", reason);
        }

        static Abandon needsUser(String reason) {
            return new Abandon("NEEDS_USER", reason);
        }
    }
}
