package dev.afluente.connections.challenge;

import dev.afluente.connections.asked.AskedRun;
import dev.afluente.connections.asked.AskedRun.Trigger;
import dev.afluente.connections.asked.AskedRuns;
import dev.afluente.connections.check.PresentState;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.Provider;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.refresh.RunProgress;
import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Passes a person's answer on to the bank that asked, for the run that waits. The provider is asked first what it waits
 * for, so that an answer never goes to a question nobody asks any more. Answers are neither stored nor logged.
 */
@Singleton
class Answering {
    private final PresentState present;
    private final AskedRuns runs;
    private final RunProgress progress;
    private final Clock clock;

    Answering(PresentState present, AskedRuns runs, RunProgress progress, Clock clock) {
        this.present = present;
        this.runs = runs;
        this.progress = progress;
        this.clock = clock;
    }

    private record Found(Connection connection, AskedRun run) {}

    private record Asked(Connection connection, Pending pending) {}

    /** @return the run that goes on */
    Uni<UUID> answer(Caller caller, UUID id, ChallengeAnswer answer, String traceparent) {
        return present.of(caller, id, traceparent, (connection, moment) -> runs.waiting(connection)
                        .map(run -> new Found(connection, run)))
                // Outside of the transaction: what was learnt is kept, also when there is nothing to answer.
                .map(found -> new Asked(
                        found.connection(), Pending.of(found.connection().state(), found.run(), clock.instant())))
                .chain(asked -> pass(asked, answer.to(asked.pending().question()), traceparent));
    }

    private Uni<UUID> pass(Asked asked, Map<String, String> values, String traceparent) {
        Connection connection = asked.connection();
        Instant askedAt = clock.instant();
        return present.ask(connection, traceparent, provider -> send(provider, asked, values))
                .onFailure(ProviderException.class)
                .recoverWithUni(refusal -> refused(asked, refusal.failure(), traceparent))
                .chain(state -> present.taken(
                        connection,
                        state,
                        askedAt,
                        traceparent,
                        (locked, moment) ->
                                progress.goesOn(locked, asked.pending().run(), Trigger.MFA, moment)));
    }

    private static Uni<LinkState> send(Provider provider, Asked asked, Map<String, String> values) {
        String link = asked.connection().linkId();
        return asked.pending().fresh() ? provider.renew(link, values) : provider.answer(link, values);
    }

    private Uni<LinkState> refused(Asked asked, ProviderFailure failure, String traceparent) {
        if (failure instanceof ProviderFailure.Invalid || failure instanceof ProviderFailure.NeedsUser) {
            throw ProblemCode.INVALID_ANSWER.because("The bank does not take this value");
        }
        // It may have stopped waiting between our question and the answer: then that is the reason.
        return failure instanceof ProviderFailure.Rejected && !asked.pending().fresh()
                ? stillWaiting(asked.connection(), traceparent)
                        .chain(() -> Uni.createFrom().failure(new ProviderException(failure)))
                : Uni.createFrom().failure(new ProviderException(failure));
    }

    private Uni<Void> stillWaiting(Connection connection, String traceparent) {
        Instant askedAt = clock.instant();
        return present.ask(connection, traceparent, provider -> provider.state(connection.linkId()))
                .chain(state ->
                        present.taken(connection, state, askedAt, traceparent, (locked, moment) -> Uni.createFrom()
                                .item(locked.state())))
                .invoke(state -> {
                    if (state.status() != LinkState.Status.WAITING_USER_INPUT) {
                        throw Pending.nothing(state);
                    }
                })
                .replaceWithVoid();
    }
}
