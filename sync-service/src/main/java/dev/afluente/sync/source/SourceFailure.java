package dev.afluente.sync.source;

import java.time.Duration;

/**
 * Why a provider could not be read, as a typed value: nothing outside a source's package sees an HTTP status. The
 * {@link #reason} is a stable code that history and API show; it never holds the provider's own text.
 */
public abstract sealed class SourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    private SourceFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** A stable code, e.g. {@code login_required}. */
    public final String reason() {
        return reason;
    }

    /** Only the person can help: sign in again, answer a challenge, give consent. */
    public static final class NeedsUser extends SourceFailure {
        private static final long serialVersionUID = 1L;

        public NeedsUser(String reason) {
            super(reason);
        }
    }

    /** The provider asks to slow down. */
    public static final class RateLimited extends SourceFailure {
        private static final long serialVersionUID = 1L;
        private final Duration wait;

        public RateLimited(Duration wait) {
            super("rate_limited");
            this.wait = wait;
        }

        /** How long the provider asks to wait. */
        public Duration waiting() {
            return wait;
        }
    }

    /** The provider or the network did not answer as it should; it may a little later. */
    public static final class Unavailable extends SourceFailure {
        private static final long serialVersionUID = 1L;

        public Unavailable() {
            super("provider_unavailable");
        }
    }

    /** The provider understood and refused; asking again changes nothing. */
    public static final class Rejected extends SourceFailure {
        private static final long serialVersionUID = 1L;

        public Rejected(String reason) {
            super(reason);
        }
    }

    /** What was asked for no longer exists at the provider. */
    public static final class Gone extends SourceFailure {
        private static final long serialVersionUID = 1L;

        public Gone() {
            super("gone_at_provider");
        }
    }
}
