package dev.afluente.connections.asked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.asked.AskedRun.Trigger;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Institution;
import dev.afluente.connections.provider.LinkState.Product;
import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.connections.provider.UserNeed;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:00Z");

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # phase , refreshes, status             , need   , verdict
            WANTED  , 1        , UPDATING           , -      , Reading[]
            ASKED   , 1        , UPDATING           , -      , Reading[]
            TOKEN   , 1        , UPDATING           , -      , Reading[]
            READING , 1        , UPDATING           , -      , Wait[]
            ASKED   , 1        , WAITING_USER_INPUT , MFA    , Reading[]
            READING , 1        , WAITING_USER_INPUT , MFA    , Wait[]
            READING , 1        , WAITING_USER_ACTION, ACTION , Wait[]
            WANTED  , 1        , UPDATED            , -      , Release[]
            READING , 1        , UPDATED            , -      , Release[]
            READING , 1        , OUTDATED           , -      , Retry[number=1]
            READING , 2        , OUTDATED           , -      , Retry[number=2]
            READING , 3        , OUTDATED           , -      , 'Abandon[status=FAILED, reason=bank_unavailable]'
            READING , 2        , ERROR              , -      , Retry[number=2]
            READING , 3        , ERROR              , -      , 'Abandon[status=FAILED, reason=provider_failed]'
            READING , 1        , OUTDATED           , ACTION , 'Abandon[status=NEEDS_USER, reason=action_required]'
            READING , 1        , OUTDATED           , LOGIN  , 'Abandon[status=NEEDS_USER, reason=login_required]'
            READING , 1        , OUTDATED           , CONSENT, 'Abandon[status=NEEDS_USER, reason=consent_required]'
            READING , 1        , OUTDATED           , MFA    , 'Abandon[status=NEEDS_USER, reason=mfa_expired]'
            READING , 1        , LOGIN_ERROR        , -      , 'Abandon[status=NEEDS_USER, reason=login_required]'
            READING , 1        , LOGIN_ERROR        , LOGIN  , 'Abandon[status=NEEDS_USER, reason=login_required]'
            READING , 1        , LOGIN_ERROR        , CONSENT, 'Abandon[status=NEEDS_USER, reason=consent_required]'
            READING , 1        , LOGIN_ERROR        , ACTION , 'Abandon[status=NEEDS_USER, reason=action_required]'
            READING , 1        , UNKNOWN            , -      , Wait[]
            ENDED   , 1        , UPDATED            , -      , Wait[]
            ENDED   , 1        , LOGIN_ERROR        , LOGIN  , Wait[]
            """)
    void ofAStateSinceTheRefresh(Phase phase, int refreshes, Status status, UserNeed.Kind need, String verdict) {
        Standing run = new Standing(Trigger.MANUAL, phase, THEN, THEN, refreshes);

        assertThat(Judgement.of(run, state(status, need, THEN.plusMillis(1), THEN.plusMillis(1))))
                .hasToString(verdict);
    }

    @ParameterizedTest
    @CsvSource({"WANTED, 0, 0", "ASKED, 0, 0", "TOKEN, 0, 0", "WANTED, 1, 0", "ASKED, 1, 0", "READING, -1, 1"})
    void whatWasThereBeforeTheRefreshReleasesNobody(Phase phase, long asOf, long read) {
        Standing run = new Standing(Trigger.MANUAL, phase, THEN, THEN, 1);

        assertThat(Judgement.of(run, state(Status.UPDATED, null, THEN.plusMillis(asOf), THEN.plusMillis(read))))
                .isInstanceOf(Verdict.Wait.class);
    }

    @Test
    void aReadingThatEndsWithinTheMillisecondCounts() {
        Standing run = new Standing(Trigger.MANUAL, Phase.READING, THEN, THEN, 1);

        assertThat(Judgement.of(run, state(Status.UPDATED, null, THEN, THEN))).isInstanceOf(Verdict.Release.class);
    }

    @Test
    void anAutomaticRunTriesTwice() {
        assertThat(new Standing(Trigger.AUTOMATIC, Phase.READING, THEN, THEN, 1).mayRefresh())
                .isTrue();
        assertThat(new Standing(Trigger.AUTOMATIC, Phase.READING, THEN, THEN, 2).mayRefresh())
                .isFalse();
    }

    static LinkState state(Status status, UserNeed.Kind need, Instant asOf, Instant read) {
        return new LinkState(
                new Institution("601", "Itaú", null, null),
                status,
                null,
                List.of(new Product("ACCOUNTS", read, true, List.of())),
                null,
                need == null ? null : new UserNeed(need, "X", null, null, null, null),
                null,
                asOf);
    }
}
