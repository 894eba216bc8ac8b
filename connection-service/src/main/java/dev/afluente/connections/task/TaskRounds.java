package dev.afluente.connections.task;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.database.Schema.SchemaReady;
import dev.afluente.connections.database.StorageAwayException;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Does the tasks that are due, at most {@value #AT_ONCE} at a time per instance, until none is left; then again when
 * woken and at an interval. Several instances share the work and never do the same task at the same time, unless one
 * of them takes longer than {@link #CLAIM}. Never blocks the caller.
 */
@Singleton
public class TaskRounds {
    private static final Logger LOG = Logger.getLogger(TaskRounds.class);
    private static final int BATCH = 8;
    private static final int AT_ONCE = 4;

    /** Longer than a batch of silent providers and transactions takes. */
    private static final Duration CLAIM = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Database database;
    private final Tasks tasks;
    private final Map<String, TaskHandler> handlers;
    private final Clock clock;
    private final Duration interval;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile Instant pausedUntil = Instant.MIN;
    private long timer = -1;

    /** @param interval how late a task may begin that nobody woke the rounds for */
    TaskRounds(
            Vertx vertx,
            Database database,
            Tasks tasks,
            @All List<TaskHandler> handlers,
            Clock clock,
            @ConfigProperty(name = "afluente.tasks.interval", defaultValue = "PT1S") Duration interval) {
        this.vertx = vertx;
        this.database = database;
        this.tasks = tasks;
        this.handlers = handlers.stream().collect(Collectors.toUnmodifiableMap(TaskHandler::kind, Function.identity()));
        this.clock = clock;
        this.interval = interval;
    }

    synchronized void begin(@Observes SchemaReady ready) {
        timer = vertx.setPeriodic(interval.toMillis(), tick -> wake());
    }

    @PreDestroy
    synchronized void end() {
        vertx.cancelTimer(timer);
    }

    /** Asks for a round; what became due before the call is always seen. */
    public void wake() {
        again.set(true);
        if (running.compareAndSet(false, true)) {
            round();
        }
    }

    private void round() {
        again.set(false);
        if (clock.instant().isBefore(pausedUntil)) {
            running.set(false);
            return;
        }
        batches().subscribe().with(ignored -> finish(), failure -> {
            LOG.warnf(
                    "Round of tasks ended early, will go on: %s",
                    failure.getClass().getSimpleName());
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
                .whilst(taken -> taken == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> batch() {
        Instant now = clock.instant();
        return database.ofAllTenants(() -> tasks.take(handlers.keySet(), now, now.plus(CLAIM), BATCH))
                .chain(taken -> Multi.createFrom()
                        .iterable(taken)
                        .onItem()
                        .transformToUni(this::handle)
                        .merge(AT_ONCE)
                        .collect()
                        .last()
                        .replaceWith(taken.size()));
    }

    private Uni<Void> handle(Task task) {
        TaskHandler handler = handlers.get(task.kind);
        return Uni.createFrom()
                .deferred(() -> handler.handle(task))
                .onFailure(ProviderException.class)
                .recoverWithUni(failure -> refused(handler, task, failure.failure()))
                .onFailure(failure -> !(failure instanceof StorageAwayException))
                .recoverWithItem(failure -> left(task, failure));
    }

    /** One task nobody foresaw must not hold up the others; it is taken again when its claim has run out. */
    private static Void left(Task task, Throwable failure) {
        LOG.warnf(
                "Task left for later: kind=%s connection=%s failure=%s",
                task.kind, task.connectionId, failure.getClass().getSimpleName());
        return null;
    }

    private Uni<Void> refused(TaskHandler handler, Task task, ProviderFailure failure) {
        if (failure instanceof ProviderFailure.RateLimited limit) {
            // The budget is shared by all connections: the others would be refused as well.
            pausedUntil = limit.until();
        }
        LOG.debugf(
                "Provider did not help: kind=%s connection=%s failure=%s",
                task.kind, task.connectionId, failure.getClass().getSimpleName());
        return handler.refused(task, failure);
    }
}
