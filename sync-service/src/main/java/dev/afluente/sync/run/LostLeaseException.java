package dev.afluente.sync.run;

/** Another worker owns the run now; whatever this one was about to write has been rolled back. */
public final class LostLeaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostLeaseException() {
        super("lost_lease", null, false, false);
    }
}
