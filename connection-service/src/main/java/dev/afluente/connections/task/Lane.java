package dev.afluente.connections.task;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.database.StorageAwayException;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.model.outage.Outage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Does the due tasks of some kinds, at most {@value #AT_ONCE} at a time per instance, until none is left; then again when
 * woken. A kind of which the provider said that it is too much rests alone, because limits are per operation. Never blocks the
 * caller.
 */
final class Lane {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final int BATCH = 8;
    private static final int AT_ONCE = 4;

    /** Longer than a batch of silent providers and transactions takes; an instance that dies is noticed earlier. */
    private static final Duration CLAIM = Duration.ofSeconds(60);

    private final Database database;
    private final Tasks tasks;
    private final Map<String, TaskHandler> handlers;
    private final AtWork atWork;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final Outage outage = new Outage(LOG, "Tasks are not taken");
    private final Map<String, Instant> resting = new ConcurrentHashMap<>();

    Lane(Database database, Tasks tasks, List<TaskHandler> handlers, AtWork atWork, Clock clock) {
        this.database = database;
        this.tasks = tasks;
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(TaskHandler::kind, Function.identity()));
        this.atWork = atWork;
        this.clock = clock;
    }

    /** Does nothing for a while. */
    void rest(Duration time) {
        Instant until = clock.instant().plus(time);
        handlers.keySet().forEach(kind -> resting.put(kind, until));
    }

    /** Asks for a round; what became due before the call is always seen. */
    void wake() {
        again.set(true);
        if (running.compareAndSet(false, true)) {
            round();
        }
    }

    private void round() {
        again.set(false);
        if (awake().isEmpty()) {
            running.set(false);
            return;
        }
        batches()
                .subscribe()
                .with(
                        ignored -> {
                            outage.over();
                            finish();
                        },
                        failure -> {
                            outage.failed(failure);
                            again.set(false);
                            finish();
                        });
    }

    private void finish() {
        running.set(false);
        if (again.get() && running.compareAndSet(false, true)) {
            round();
        }
    }

    private Uni<Void> batches() {
        return Multi.createBy()
                .repeating()
                .uni(this::batch)
                .whilst(taken -> taken == BATCH && !awake().isEmpty())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private List<String> awake() {
        Instant now = clock.instant();
        return handlers.keySet().stream()
                .filter(kind -> !now.isBefore(resting.getOrDefault(kind, Instant.MIN)))
                .toList();
    }

    private Uni<Integer> batch() {
        Instant now = clock.instant();
        return database.ofAllTenants(() -> tasks.take(awake(), now, now.plus(CLAIM), BATCH))
                .chain(this::handle);
    }

    /** Those that wait for their turn here are kept as well. */
    private Uni<Integer> handle(List<Task> taken) {
        taken.forEach(atWork::begin);
        return Multi.createFrom()
                .iterable(taken)
                .onItem()
                .transformToUni(task -> handle(task).onTermination().invoke(() -> atWork.end(task)))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWith(taken.size())
                .onTermination()
                .invoke(() -> taken.forEach(atWork::end));
    }

    private Uni<Void> handle(Task task) {
        TaskHandler handler = handlers.get(task.kind);
        return Uni.createFrom()
                .deferred(() -> handler.handle(task))
                .onFailure(ProviderException.class)
                .recoverWithUni(failure -> refused(handler, task, failure.failure()))
                .onFailure(failure -> !(failure instanceof StorageAwayException))
                .recoverWithUni(failure -> left(task, failure));
    }

    /** One task nobody foresaw must not hold up the others; it is taken again when its claim has run out. */
    private Uni<Void> left(Task task, Throwable failure) {
        LOG.warnf(
                "Task left for later: kind=%s connection=%s failure=%s",
                task.kind, task.connectionId, failure.getClass().getSimpleName());
        return database.ofTenant(task.tenantId, () -> tasks.leave(task));
    }

    private Uni<Void> refused(TaskHandler handler, Task task, ProviderFailure failure) {
        if (failure instanceof ProviderFailure.RateLimited limit) {
            // The budget is shared by all connections: the others would be refused as well.
            resting.put(task.kind, limit.until());
        }
        LOG.debugf(
                "Provider did not help: kind=%s connection=%s failure=%s",
                task.kind, task.connectionId, failure.getClass().getSimpleName());
        return handler.refused(task, failure);
    }
}
