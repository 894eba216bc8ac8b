package dev.afluente.connections.sweep;

import dev.afluente.connections.check.TaskStates;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.sweep.pace.SweepPace;
import dev.afluente.connections.sweep.pace.SweepTurn;
import dev.afluente.connections.task.Task;
import dev.afluente.connections.task.TaskHandler;
import dev.afluente.connections.task.Tasks;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds out by itself what no notification told: asks the provider how each connection is, never to read the bank, and
 * compares that with what is known and with what has been read into the ledger. A state that had changed unheard is
 * taken in; data that nobody fetched is asked for. Each loss is counted once. Of several instances one does it, at the pace
 * that the provider is allowed to be asked at ({@link SweepTurn}).
 */
@Singleton
class Sweep implements TaskHandler {
    private static final String LOST = "afluente.sweep.lost";

    private final TaskStates states;
    private final Comparison comparison;
    private final SweepPace pace;
    private final SweepTurn turn;
    private final Tasks tasks;
    private final MeterRegistry metrics;

    Sweep(
            TaskStates states,
            Comparison comparison,
            SweepPace pace,
            SweepTurn turn,
            Tasks tasks,
            MeterRegistry metrics) {
        this.states = states;
        this.comparison = comparison;
        this.pace = pace;
        this.turn = turn;
        this.tasks = tasks;
        this.metrics = metrics;
        metrics.counter(LOST, "what", "data");
        metrics.counter(LOST, "what", "state");
    }

    @Override
    public String kind() {
        return SweepPace.TASK;
    }

    @Override
    public boolean canWait() {
        return true;
    }

    @Override
    public Uni<Void> handle(Task task) {
        AtomicReference<LinkState.Status> before = new AtomicReference<>();
        return turn.of(
                        task,
                        () -> states.of(
                                task,
                                connection -> {
                                    before.set(connection.state().status());
                                    return Uni.createFrom().item(true);
                                },
                                (held, connection, moment) -> look(held, connection, before.get(), moment)))
                .onItem()
                .ifNotNull()
                .invoke(this::count)
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> refused(Task task, ProviderFailure failure) {
        return states.without(task, failure, (connection, moment) -> {
            if (failure instanceof ProviderFailure.RateLimited limit) {
                return tasks.postpone(task, limit.until());
            }
            Instant next = pace.next(connection, moment.now());
            // No answer is no look; an answer that helps nobody is one.
            return failure instanceof ProviderFailure.Unavailable
                    ? tasks.postpone(task, next)
                    : tasks.renew(task, next);
        });
    }

    private Uni<Found> look(Task task, Connection connection, LinkState.Status before, Moment moment) {
        return comparison.of(connection, before, moment).call(found -> {
            Instant expected = pace.expected(connection, moment.now());
            Instant next = next(connection, found, moment);
            return tasks.renew(task, expected != null && expected.isBefore(next) ? expected : next, expected);
        });
    }

    private Instant next(Connection connection, Found found, Moment moment) {
        Instant slot = pace.next(connection, moment.now());
        if (found.data() != Reading.Step.LATER) {
            return slot;
        }
        Instant ripe = comparison.ripe(connection);
        return ripe.isBefore(slot) ? ripe : slot;
    }

    private void count(Found found) {
        if (found.data() == Reading.Step.LOST) {
            metrics.counter(LOST, "what", "data").increment();
        }
        if (found.stateUnheard()) {
            metrics.counter(LOST, "what", "state").increment();
        }
    }
}
