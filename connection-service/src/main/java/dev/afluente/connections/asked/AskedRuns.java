package dev.afluente.connections.asked;

import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.asked.AskedRun.Trigger;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.outbox.Outbox;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.task.Tasks;
import dev.afluente.model.event.SyncRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The runs that wait for the provider. Every method runs in a transaction that holds the connection's row, and writes
 * row, event and the task that looks after the run together: a run that waits always has such a task, and each run ends
 * at most once.
 */
@Singleton
public class AskedRuns implements PanacheRepositoryBase<AskedRun, AskedRunKey> {
    /** The kind of the tasks that look after waiting runs. */
    public static final String TASK = "REFRESH";

    private final Tasks tasks;
    private final Outbox outbox;
    private final RunConfig config;

    AskedRuns(Tasks tasks, Outbox outbox, RunConfig config) {
        this.tasks = tasks;
        this.outbox = outbox;
        this.config = config;
    }

    /** Returns the last run asked for, waiting or ended; null when there never was one. */
    public Uni<AskedRun> last(Connection connection) {
        return findById(new AskedRunKey(connection.tenantId(), connection.id()));
    }

    /** Returns the run that waits; null when none does. */
    public Uni<AskedRun> waiting(Connection connection) {
        return last(connection).map(run -> run != null && run.waits() ? run : null);
    }

    /**
     * Begins a run where none waits and tells sync-service.
     *
     * @param due when the task that looks after it comes round: what whoever begins the run does not get done by then,
     *     it does
     */
    public Uni<AskedRun> begin(Connection connection, Trigger by, Phase phase, Instant due, Moment moment) {
        return last(connection)
                .chain(known -> {
                    AskedRun run = known == null ? new AskedRun(connection) : known;
                    run.begin(
                            by,
                            phase,
                            connection.state(),
                            moment.now(),
                            moment.now().plus(config.patience()));
                    return known == null ? persist(run) : Uni.createFrom().item(run);
                })
                .call(run -> outbox.add(
                        new SyncRequest.Requested(
                                connection.tenantId(),
                                connection.userId(),
                                connection.id(),
                                run.runId,
                                by.name(),
                                true,
                                moment.now(),
                                connection.link()),
                        moment.traceparent()))
                .call(run -> lookAfter(run, due, moment));
    }

    /** Takes in that the provider is at it, by a state that shows so. */
    public Uni<Void> reading(AskedRun run, LinkState shown, Moment moment) {
        run.from(Phase.READING, shown);
        run.question = null;
        run.expiresAt = moment.now().plus(config.patience());
        return lookAfter(run, run.expiresAt, moment);
    }

    /** Puts the next try off; the state that made it necessary is where it begins from. */
    Uni<Void> retry(AskedRun run, int number, LinkState from, Moment moment) {
        run.from(Phase.WANTED, from);
        return lookAfter(run, moment.now().plus(pause(number)), moment);
    }

    /** Lets a run read what the provider has. */
    public Uni<Void> release(AskedRun run, Moment moment) {
        return end(run, new SyncRequest.Released(run.tenantId, run.connectionId, run.runId, moment.now()), moment);
    }

    /** Ends a run that will get no data, for a reason that is not the person's, as a stable code. */
    public Uni<Void> fail(AskedRun run, String reason, Moment moment) {
        return abandon(run, Verdict.Abandon.failed(reason), moment);
    }

    /** Ends a run that will get no data before the person acts; the reason is a stable code. */
    public Uni<Void> needsUser(AskedRun run, String reason, Moment moment) {
        return abandon(run, Verdict.Abandon.needsUser(reason), moment);
    }

    /** Ends a run for which the provider will not be asked again, with what its last state says. */
    public Uni<Void> giveUp(AskedRun run, LinkState last, Moment moment) {
        return abandon(run, Judgement.givenUp(last), moment);
    }

    Uni<Void> abandon(AskedRun run, Verdict.Abandon how, Moment moment) {
        return end(
                run,
                new SyncRequest.Abandoned(
                        run.tenantId, run.connectionId, run.runId, how.status(), how.reason(), moment.now()),
                moment);
    }

    /** Has the run looked at again at a moment, and not before unless something is learnt. */
    public Uni<Void> lookAfter(AskedRun run, Instant at, Moment moment) {
        return tasks.due(run.tenantId, run.connectionId, TASK, at, moment.traceparent());
    }

    /** Tells that the provider is being asked for a run, here and now: whoever dies over it is noticed soon. */
    public Uni<Void> attend(AskedRun run) {
        return tasks.attend(run.tenantId, run.connectionId, TASK);
    }

    private Uni<Void> end(AskedRun run, SyncRequest told, Moment moment) {
        if (!run.waits()) {
            return Uni.createFrom().voidItem();
        }
        run.end(moment.now());
        return outbox.add(told, moment.traceparent())
                .chain(() -> tasks.drop(run.tenantId, run.connectionId, List.of(TASK)));
    }

    private Duration pause(int number) {
        long base = config.retryPause().toMillis() << (2 * Math.max(0, number - 1));
        return Duration.ofMillis(base + ThreadLocalRandom.current().nextLong(base / 2 + 1));
    }
}
