package dev.afluente.connections.manual;

import dev.afluente.connections.asked.AskedRun;
import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.asked.AskedRun.Trigger;
import dev.afluente.connections.asked.AskedRuns;
import dev.afluente.connections.asked.RunConfig;
import dev.afluente.connections.check.PresentState;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.link.Invitations;
import dev.afluente.connections.manual.SyncAnswer.Status;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.UserNeed;
import dev.afluente.connections.refresh.Outcome;
import dev.afluente.connections.refresh.Refreshing;
import dev.afluente.connections.refresh.Refreshing.Permission;
import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Has the bank read because its owner wants it, once however many ask at the same time: the row of the run that waits
 * is the claim. Claim and event are committed before the provider is asked.
 */
@Singleton
class ManualSync {
    /** A link the provider does not know is looked into meanwhile. */
    private static final long LOOKED_INTO_SECONDS = 60;

    private final PresentState present;
    private final AskedRuns runs;
    private final Refreshing refreshing;
    private final Invitations invitations;
    private final RunConfig config;
    private final Clock clock;

    ManualSync(
            PresentState present,
            AskedRuns runs,
            Refreshing refreshing,
            Invitations invitations,
            RunConfig config,
            Clock clock) {
        this.present = present;
        this.runs = runs;
        this.refreshing = refreshing;
        this.invitations = invitations;
        this.config = config;
        this.clock = clock;
    }

    /** @param answer null when there is something to be done outside of the transaction first */
    private record Decided(SyncAnswer answer, Permission refresh, NextStep.Reconnect reconnect, String linkId) {
        static Decided told(SyncAnswer answer) {
            return new Decided(answer, null, null, null);
        }
    }

    Uni<SyncAnswer> sync(Caller caller, UUID id, String traceparent) {
        Instant since = clock.instant();
        return present.of(caller, id, traceparent, (connection, moment) -> runs.last(connection)
                        .chain(last ->
                                decide(connection, NextStep.of(connection.state(), last, since, moment.now()), moment)))
                .chain(decided -> carryOut(caller, decided));
    }

    private Uni<Decided> decide(Connection connection, NextStep step, Moment moment) {
        if (step instanceof NextStep.Join join) {
            return told(SyncAnswer.underWay(Status.ALREADY_SYNCING, join.run().runId()));
        }
        if (step instanceof NextStep.Follow) {
            return waitingRun(connection, moment)
                    .map(run -> Decided.told(SyncAnswer.underWay(Status.ALREADY_SYNCING, run.runId())));
        }
        if (step instanceof NextStep.Ask ask) {
            return waitingRun(connection, moment)
                    .map(run -> Decided.told(SyncAnswer.asks(ask.status(), run.runId(), ask.need())));
        }
        if (step instanceof NextStep.Token token) {
            return askAgain(token.run(), moment);
        }
        return step instanceof NextStep.Reconnect reconnect
                ? Uni.createFrom().item(new Decided(null, null, reconnect, connection.linkId()))
                : claim(connection, moment);
    }

    private Uni<Decided> claim(Connection connection, Moment moment) {
        return runs.begin(connection, Trigger.MANUAL, Phase.WANTED, moment.now().plus(config.claim()), moment)
                .invoke(AskedRun::refreshing)
                .call(runs::attend)
                .map(run -> new Decided(
                        null, Permission.of(connection, run, moment.traceparent(), true), null, connection.linkId()));
    }

    private Uni<AskedRun> waitingRun(Connection connection, Moment moment) {
        return runs.waiting(connection)
                .chain(run -> run != null
                        ? Uni.createFrom().item(run)
                        : runs.begin(
                                connection,
                                Trigger.MANUAL,
                                Phase.READING,
                                moment.now().plus(config.patience()),
                                moment));
    }

    /** Whoever asks again gets the whole time to answer. */
    private Uni<Decided> askAgain(AskedRun run, Moment moment) {
        Instant until = moment.now().plus(config.tokenWindow());
        UserNeed.Question question = run.question();
        run.wantsToken(question, until);
        return runs.lookAfter(run, until, moment)
                .replaceWith(Decided.told(SyncAnswer.asks(Status.MFA_REQUIRED, run.runId(), token(question, until))));
    }

    private Uni<SyncAnswer> carryOut(Caller caller, Decided decided) {
        if (decided.answer() != null) {
            return Uni.createFrom().item(decided.answer());
        }
        return decided.refresh() != null
                ? refreshing.refresh(decided.refresh()).chain(outcome -> answer(caller, decided, outcome))
                : reconnect(caller, decided.linkId(), decided.reconnect());
    }

    private Uni<SyncAnswer> answer(Caller caller, Decided decided, Outcome outcome) {
        UUID run = decided.refresh().run();
        if (outcome instanceof Outcome.Token asked) {
            return Uni.createFrom()
                    .item(SyncAnswer.asks(Status.MFA_REQUIRED, run, token(asked.question(), asked.expiresAt())));
        }
        if (outcome instanceof Outcome.TooSoon soon) {
            return Uni.createFrom().item(SyncAnswer.tooSoon(run, soon.retryAt(), soon.why()));
        }
        if (outcome instanceof Outcome.Failed failed) {
            throw failed.failure() instanceof ProviderFailure.Gone
                    ? ProblemCode.PROVIDER_UNAVAILABLE.retryAfter(LOOKED_INTO_SECONDS)
                    : new ProviderException(failed.failure());
        }
        if (outcome instanceof Outcome.NoLogin) {
            return reconnect(caller, decided.linkId(), new NextStep.Reconnect(Status.CREDENTIALS_REQUIRED, null));
        }
        Status status = outcome instanceof Outcome.Joined ? Status.ALREADY_SYNCING : Status.SYNC_STARTED;
        return Uni.createFrom().item(SyncAnswer.underWay(status, run));
    }

    private Uni<SyncAnswer> reconnect(Caller caller, String linkId, NextStep.Reconnect why) {
        return invitations
                .invite(caller, linkId)
                .map(invitation -> SyncAnswer.reconnect(why.status(), why.need(), invitation));
    }

    private static UserNeed token(UserNeed.Question question, Instant until) {
        return new UserNeed(UserNeed.Kind.MFA, "FRESH_TOKEN", null, question, null, until);
    }

    private static Uni<Decided> told(SyncAnswer answer) {
        return Uni.createFrom().item(Decided.told(answer));
    }
}
