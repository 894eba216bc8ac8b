package dev.afluente.connections.refresh;

import dev.afluente.connections.asked.AskedRun;
import dev.afluente.connections.asked.AskedRuns;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.connection.States;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import dev.afluente.connections.task.AtWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Asks a provider to read the bank for a run that was allowed to, and writes down what came of it. The permission is
 * committed before; so one who dies in between leaves a run whose task looks first whether the provider was reached.
 */
@Singleton
public class Refreshing {
    private final Database database;
    private final Connections connections;
    private final Providers providers;
    private final States states;
    private final RunProgress progress;
    private final Refusals refusals;
    private final AtWork atWork;
    private final Clock clock;

    Refreshing(
            Database database,
            Connections connections,
            Providers providers,
            States states,
            RunProgress progress,
            Refusals refusals,
            AtWork atWork,
            Clock clock) {
        this.database = database;
        this.connections = connections;
        this.providers = providers;
        this.states = states;
        this.progress = progress;
        this.refusals = refusals;
        this.atWork = atWork;
        this.clock = clock;
    }

    /**
     * A permission to ask once.
     *
     * @param attended whether a person waits for the answer: then a failure is theirs to hear, otherwise it is tried again
     */
    public record Permission(
            String tenant,
            UUID connection,
            UUID run,
            String provider,
            String linkId,
            String traceparent,
            boolean attended) {
        /** Returns the permission of a run that has been counted a refresh. */
        public static Permission of(Connection connection, AskedRun run, String traceparent, boolean attended) {
            return new Permission(
                    connection.tenantId(),
                    connection.id(),
                    run.runId(),
                    connection.provider(),
                    connection.linkId(),
                    traceparent,
                    attended);
        }
    }

    /** Asks, and returns what came of it once that is written down. */
    public Uni<Outcome> refresh(Permission may) {
        return atWork.during(may.tenant(), may.connection(), AskedRuns.TASK, () -> ask(may));
    }

    private Uni<Outcome> ask(Permission may) {
        Instant askedAt = clock.instant();
        return providers
                .get(may.provider())
                .refresh(may.linkId())
                .chain(state -> states.sealed(may.tenant(), may.connection(), state))
                .chain(state -> settle(may, (standing, moment) -> progress.accepted(
                                standing.connection(), standing.run(), state, askedAt, moment)
                        .replaceWith(new Outcome.Started())))
                .onFailure(ProviderException.class)
                .recoverWithUni(
                        refusal -> settle(may, (standing, moment) -> refused(may, standing, refusal.failure(), moment)))
                .invoke(states::relay);
    }

    /** @param run null when it ended or another took its place while the provider was asked */
    private record Standing(Connection connection, AskedRun run) {}

    private Uni<Outcome> settle(Permission may, BiFunction<Standing, Moment, Uni<Outcome>> step) {
        return database.ofTenant(may.tenant(), () -> {
            Moment moment = new Moment(clock.instant(), may.traceparent());
            return connections
                    .locked(may.tenant(), may.connection())
                    .chain(connection -> connection.isRemoved()
                            ? Uni.createFrom().<Outcome>item(new Outcome.Failed(new ProviderFailure.Gone()))
                            : progress.waiting(connection, may.run())
                                    .chain(run -> step.apply(new Standing(connection, run), moment)));
        });
    }

    private Uni<Outcome> refused(Permission may, Standing standing, ProviderFailure failure, Moment moment) {
        return standing.run() == null
                ? Uni.createFrom().item(Refusals.meaning(failure))
                : refusals.takeIn(standing.connection(), standing.run(), failure, may.attended(), moment);
    }
}
