package dev.afluente.connections.schedule;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.asked.AskedRun.Trigger;
import dev.afluente.connections.asked.AskedRuns;
import dev.afluente.connections.check.TaskStates;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.outbox.Outbox;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.task.Task;
import dev.afluente.connections.task.TaskHandler;
import dev.afluente.connections.task.Tasks;
import dev.afluente.model.event.SyncRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads by itself, at each connection's own time, what its provider has. Never has a bank read, because providers do
 * that on a schedule of their own; only where the provider's last attempt failed it asks for another, twice at most. Of
 * several instances one does it: the event and the next date are written by whoever still holds the task.
 */
@Singleton
class AutomaticSync implements TaskHandler {
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final TaskStates states;
    private final Calendar calendar;
    private final AskedRuns runs;
    private final Outbox outbox;
    private final Tasks tasks;
    private final Clock clock;

    AutomaticSync(TaskStates states, Calendar calendar, AskedRuns runs, Outbox outbox, Tasks tasks, Clock clock) {
        this.states = states;
        this.calendar = calendar;
        this.runs = runs;
        this.outbox = outbox;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return Calendar.TASK;
    }

    @Override
    public Uni<Void> handle(Task task) {
        return states.of(task, connection -> Uni.createFrom().item(true), this::sync);
    }

    @Override
    public Uni<Void> refused(Task task, ProviderFailure failure) {
        Instant at = after(failure, task.attempts(), clock.instant());
        return states.without(
                task, failure, (connection, moment) -> tasks.holds(task).chain(held -> {
                    if (held) {
                        connection.automaticAt(at);
                    }
                    return tasks.postpone(task, at);
                }));
    }

    private Uni<Void> sync(Task task, Connection connection, Moment moment) {
        return runs.waiting(connection).chain(run -> {
            AutomaticStep step = AutomaticStep.of(connection.state(), run != null, moment.now());
            if (step == AutomaticStep.STOP) {
                return calendar.takeOff(connection);
            }
            Instant next = calendar.next(connection, moment.now());
            connection.automaticAt(next);
            return request(step, connection, moment).chain(() -> tasks.renew(task, next));
        });
    }

    private Uni<Void> request(AutomaticStep step, Connection connection, Moment moment) {
        return switch (step) {
            case READ ->
                outbox.add(
                        new SyncRequest.Requested(
                                connection.tenantId(),
                                connection.userId(),
                                connection.id(),
                                UuidCreator.getTimeOrderedEpoch(),
                                Trigger.AUTOMATIC.name(),
                                false,
                                moment.now(),
                                connection.link()),
                        moment.traceparent());
            case REFRESH ->
                runs.begin(connection, Trigger.AUTOMATIC, Phase.WANTED, moment.now(), moment)
                        .replaceWithVoid();
            case SKIP, STOP -> Uni.createFrom().voidItem();
        };
    }

    /** Doubles from a minute to an hour, and up to half as much again by chance: connections that failed together part. */
    private static Instant after(ProviderFailure failure, int attempts, Instant now) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.max(0, Math.min(attempts - 1, 10)));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        Instant from = failure instanceof ProviderFailure.RateLimited limit
                        && limit.until().isAfter(now)
                ? limit.until()
                : now.plus(pause);
        return Calendar.byChance(from, pause.dividedBy(2));
    }
}
