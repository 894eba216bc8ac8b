package dev.afluente.connections.consent;

import dev.afluente.connections.provider.LinkState.Consent;
import java.time.Duration;
import java.time.Instant;

/**
 * How near a consent's end is, in the steps at which its owner is reminded: 30, 14, 7 and 1 day before, each as days of
 * 24 hours before the very moment. Pure.
 */
public enum ConsentTerm {
    /** From the farthest to the nearest. */
    DAYS_30(30, "30_DAYS"),
    DAYS_14(14, "14_DAYS"),
    DAYS_7(7, "7_DAYS"),
    DAY_1(1, "1_DAY");

    private final Duration before;
    private final String code;

    ConsentTerm(int days, String code) {
        this.before = Duration.ofDays(days);
        this.code = code;
    }

    /** Returns the step as clients see it, e.g. {@code 30_DAYS}. */
    public String code() {
        return code;
    }

    /** Returns the nearest step that has begun; null before the first, and when the consent does not expire. */
    public static ConsentTerm reached(Consent consent, Instant now) {
        ConsentTerm reached = null;
        for (ConsentTerm term : values()) {
            if (consent.expiresAt() != null && !now.isBefore(consent.expiresAt().minus(term.before))) {
                reached = term;
            }
        }
        return reached;
    }

    /** Returns when the next step begins, or the consent ends; null when nothing more is to come. */
    public static Instant next(Consent consent, Instant now) {
        if (consent == null || consent.expiresAt() == null || consent.revokedAt() != null) {
            return null;
        }
        for (ConsentTerm term : values()) {
            Instant begins = consent.expiresAt().minus(term.before);
            if (begins.isAfter(now)) {
                return begins;
            }
        }
        return consent.expiresAt().isAfter(now) ? consent.expiresAt() : null;
    }
}
