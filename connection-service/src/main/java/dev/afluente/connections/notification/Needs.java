package dev.afluente.connections.notification;

import dev.afluente.connections.consent.ConsentTerm;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Consent;
import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.connections.provider.UserNeed;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** What needs a person: the one place that decides it, from how a link stands and what time it is. Pure. */
final class Needs {
    private Needs() {}

    /**
     * Why a person is told something. Of one kind there is one cause at a time; two are the same when their reasons are.
     *
     * @param reason a stable code; null when there is none beyond the kind
     * @param dueAt when it is too late; null when it never is
     */
    record Cause(NotificationKind kind, String reason, Instant dueAt) {}

    /** Returns what the state calls for, by itself. */
    static Map<NotificationKind, Cause> of(LinkState state, Instant now) {
        Map<NotificationKind, Cause> needs = new EnumMap<>(NotificationKind.class);
        Cause consent = state.consent() == null ? null : consent(state.consent(), now);
        put(needs, consent);
        boolean lapsed = consent != null && consent.kind() != NotificationKind.CONSENT_EXPIRING;
        put(needs, state.need() == null ? outage(state, lapsed) : act(state.need(), lapsed));
        return needs;
    }

    /**
     * Returns what a person has to be told after a state, given what they have been told. While the bank is being read
     * nobody knows whether the cause is gone: what is open stays, so that each automatic attempt at a bank that is away
     * does not count as its return. A question that was answered is gone.
     */
    static Map<NotificationKind, Cause> after(Map<NotificationKind, Cause> open, LinkState state, Instant now) {
        Map<NotificationKind, Cause> needs = of(state, now);
        if (state.status() == Status.UPDATING || state.status() == Status.UNKNOWN) {
            open.values().stream()
                    .filter(cause -> outlastsAnAttempt(cause.kind()))
                    .forEach(cause -> put(needs, cause));
        }
        return needs;
    }

    private static boolean outlastsAnAttempt(NotificationKind kind) {
        return kind == NotificationKind.LOGIN_ERROR
                || kind == NotificationKind.ACTION_REQUIRED
                || kind == NotificationKind.BANK_UNAVAILABLE;
    }

    private static Cause consent(Consent consent, Instant now) {
        if (consent.revokedAt() != null) {
            return new Cause(NotificationKind.CONSENT_REVOKED, null, null);
        }
        if (!consent.validAt(now)) {
            return new Cause(NotificationKind.CONSENT_EXPIRED, null, null);
        }
        ConsentTerm term = ConsentTerm.reached(consent, now);
        return term == null ? null : new Cause(NotificationKind.CONSENT_EXPIRING, term.code(), consent.expiresAt());
    }

    /** Without a consent the bank refuses the login as well: that is not another cause. */
    private static Cause act(UserNeed need, boolean lapsed) {
        boolean told = lapsed && (need.kind() == UserNeed.Kind.LOGIN || need.kind() == UserNeed.Kind.CONSENT);
        return told ? null : new Cause(kind(need.kind()), need.reason(), need.expiresAt());
    }

    private static NotificationKind kind(UserNeed.Kind need) {
        return switch (need) {
            case LOGIN -> NotificationKind.LOGIN_ERROR;
            case MFA -> NotificationKind.MFA_REQUIRED;
            case CONSENT, ACTION -> NotificationKind.ACTION_REQUIRED;
        };
    }

    private static Cause outage(LinkState state, boolean lapsed) {
        boolean failed = state.status() == Status.OUTDATED || state.status() == Status.ERROR;
        return failed && !lapsed ? new Cause(NotificationKind.BANK_UNAVAILABLE, state.reason(), null) : null;
    }

    private static void put(Map<NotificationKind, Cause> needs, Cause cause) {
        if (cause != null) {
            needs.putIfAbsent(cause.kind(), cause);
        }
    }
}
