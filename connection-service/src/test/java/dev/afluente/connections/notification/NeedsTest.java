package dev.afluente.connections.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.notification.Needs.Cause;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Consent;
import dev.afluente.connections.provider.LinkState.Institution;
import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.connections.provider.UserNeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsTest {
    private static final Instant NOW = Instant.parse("2026-03-10T09:15:03Z");

    @ParameterizedTest
    @CsvSource({
        "LOGIN_ERROR, LOGIN, INVALID_CREDENTIALS, LOGIN_ERROR",
        "WAITING_USER_INPUT, MFA, , MFA_REQUIRED",
        "WAITING_USER_ACTION, ACTION, , ACTION_REQUIRED",
        "OUTDATED, ACTION, ACCOUNT_LOCKED, ACTION_REQUIRED",
        "LOGIN_ERROR, CONSENT, USER_AUTHORIZATION_PENDING, ACTION_REQUIRED",
    })
    void whatThePersonHasToDoIsTold(Status status, UserNeed.Kind need, String reason, NotificationKind kind) {
        assertThat(Needs.of(state(status, null, need(need, reason)), NOW))
                .isEqualTo(Map.of(kind, new Cause(kind, reason, null)));
    }

    @ParameterizedTest
    @CsvSource({"OUTDATED, true", "ERROR, true", "UPDATED, false", "UPDATING, false", "UNKNOWN, false"})
    void aBankThatCannotBeReadIsTold(Status status, boolean told) {
        assertThat(Needs.of(state(status, null, null), NOW).containsKey(NotificationKind.BANK_UNAVAILABLE))
                .isEqualTo(told);
    }

    @Test
    void aConsentIsToldByHowNearItsEndIs() {
        Instant end = NOW.plus(Duration.ofDays(7));
        LinkState state = state(Status.UPDATED, new Consent(null, null, null, end, null), null);

        assertThat(consentOf(state, NOW.minusNanos(1)).reason()).isEqualTo("14_DAYS");
        assertThat(consentOf(state, NOW)).isEqualTo(new Cause(NotificationKind.CONSENT_EXPIRING, "7_DAYS", end));
        assertThat(Needs.of(state, end.minusNanos(1))).containsOnlyKeys(NotificationKind.CONSENT_EXPIRING);
        assertThat(Needs.of(state, end)).containsOnlyKeys(NotificationKind.CONSENT_EXPIRED);
        assertThat(Needs.of(state, NOW.minus(Duration.ofDays(24)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LOGIN", "CONSENT", ","})
    void withoutAConsentTheRefusedLoginIsNoCauseOfItsOwn(UserNeed.Kind need) {
        Consent revoked = new Consent(null, null, null, NOW.plusSeconds(9), NOW);
        UserNeed refused = need == null ? null : need(need, "INVALID_CREDENTIALS");

        assertThat(Needs.of(state(Status.LOGIN_ERROR, revoked, refused), NOW))
                .containsOnlyKeys(NotificationKind.CONSENT_REVOKED);
    }

    @Test
    void anAttemptClearsTheQuestionItAnswersAndNothingItKnowsNothingOf() {
        Map<NotificationKind, Cause> open = Map.of(
                NotificationKind.BANK_UNAVAILABLE, new Cause(NotificationKind.BANK_UNAVAILABLE, "X", null),
                NotificationKind.MFA_REQUIRED, new Cause(NotificationKind.MFA_REQUIRED, null, null),
                NotificationKind.CONSENT_EXPIRED, new Cause(NotificationKind.CONSENT_EXPIRED, null, null));

        assertThat(Needs.after(open, state(Status.UPDATING, null, null), NOW))
                .containsOnlyKeys(NotificationKind.BANK_UNAVAILABLE);
        assertThat(Needs.after(open, state(Status.UPDATED, null, null), NOW)).isEmpty();
    }

    private static Cause consentOf(LinkState state, Instant now) {
        return Needs.of(state, now).get(NotificationKind.CONSENT_EXPIRING);
    }

    private static UserNeed need(UserNeed.Kind kind, String reason) {
        return new UserNeed(kind, reason, null, null, null, null);
    }

    private static LinkState state(Status status, Consent consent, UserNeed need) {
        return new LinkState(
                new Institution("1", "Banco", null, null), status, null, List.of(), consent, need, null, NOW);
    }
}
