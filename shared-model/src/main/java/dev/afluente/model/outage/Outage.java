package dev.afluente.model.outage;

import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Something that is done again and again, and fails while what it needs is away: told when that begins, when the failure is
 * another, and when it is over. A database that is away for an hour is a few lines in the log and not one for every look. For
 * any thread.
 */
public final class Outage {
    private final Logger log;
    private final String what;
    private final AtomicReference<String> told = new AtomicReference<>();

    /** @param what is not done meanwhile, as the log line begins */
    public Outage(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** It failed once more. Only the failure's kind is told: its text may hold what a row says. */
    public void failed(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        if (!kind.equals(told.getAndSet(kind))) {
            log.warnf("%s, will be tried again: %s", what, kind);
        }
    }

    /** It worked. */
    public void over() {
        if (told.get() != null && told.getAndSet(null) != null) {
            log.infof("%s: that is over", what);
        }
    }
}
