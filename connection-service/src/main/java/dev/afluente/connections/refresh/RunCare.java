package dev.afluente.connections.refresh;

import dev.afluente.connections.asked.AskedRun;
import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.asked.AskedRuns;
import dev.afluente.connections.asked.RunConfig;
import dev.afluente.connections.check.CheckPause;
import dev.afluente.connections.check.TaskStates;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.refresh.Refreshing.Permission;
import dev.afluente.connections.task.Task;
import dev.afluente.connections.task.TaskHandler;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/**
 * Looks after a run that waits: takes over from whoever claimed it and died, makes the retries that are due, and ends
 * what has waited too long. Always asks for the state first, so that a refresh somebody made is not made again; counts
 * each refresh before it asks for it, so that there are never more than allowed, whoever dies.
 */
@Singleton
class RunCare implements TaskHandler {
    private final TaskStates states;
    private final AskedRuns runs;
    private final Tasks tasks;
    private final Refreshing refreshing;
    private final RunConfig config;
    private final Clock clock;

    RunCare(TaskStates states, AskedRuns runs, Tasks tasks, Refreshing refreshing, RunConfig config, Clock clock) {
        this.states = states;
        this.runs = runs;
        this.tasks = tasks;
        this.refreshing = refreshing;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return AskedRuns.TASK;
    }

    @Override
    public Uni<Void> handle(Task task) {
        return states.of(task, connection -> runs.waiting(connection).map(run -> run != null), this::next)
                .chain(may -> may == null
                        ? Uni.createFrom().voidItem()
                        : refreshing.refresh(may).chain(RunCare::heed));
    }

    @Override
    public Uni<Void> refused(Task task, ProviderFailure failure) {
        Instant now = clock.instant();
        return states.without(task, failure, (connection, moment) -> runs.waiting(connection)
                .chain(run -> run != null && !now.isBefore(run.expiresAt())
                        ? expired(run, moment)
                        : tasks.postpone(task, CheckPause.after(failure, task.attempts(), now))));
    }

    /** A limit on us concerns all other tasks as well; the run itself has been put off already. */
    private static Uni<Void> heed(Outcome outcome) {
        return outcome instanceof Outcome.TooSoon soon && soon.why().equals(Refusals.RATE_LIMITED)
                ? Uni.createFrom().failure(new ProviderException(new ProviderFailure.RateLimited(soon.retryAt())))
                : Uni.createFrom().voidItem();
    }

    /** Returns the permission to refresh; null when there is nothing to ask. */
    private Uni<Permission> next(Task task, Connection connection, Moment moment) {
        return runs.waiting(connection)
                .chain(run -> run == null
                        ? tasks.close(task).replaceWith((Permission) null)
                        : step(task, connection, run, moment));
    }

    private Uni<Permission> step(Task task, Connection connection, AskedRun run, Moment moment) {
        if (!moment.now().isBefore(run.expiresAt())) {
            return expired(run, moment).replaceWith((Permission) null);
        }
        if (run.phase() == Phase.ASKED) {
            return tasks.postpone(task, CheckPause.whilePassing(task.attempts(), moment.now()))
                    .replaceWith((Permission) null);
        }
        if (run.phase() != Phase.WANTED) {
            return tasks.postpone(task, run.expiresAt()).replaceWith((Permission) null);
        }
        if (!run.mayRefresh()) {
            return runs.giveUp(run, connection.state(), moment).replaceWith((Permission) null);
        }
        run.refreshing();
        return tasks.postpone(task, moment.now().plus(config.claim()))
                .chain(() -> runs.attend(run))
                .replaceWith(Permission.of(connection, run, moment.traceparent(), false));
    }

    private Uni<Void> expired(AskedRun run, Moment moment) {
        return run.phase() == Phase.TOKEN
                ? runs.needsUser(run, "mfa_expired", moment)
                : runs.fail(run, "provider_timed_out", moment);
    }
}
