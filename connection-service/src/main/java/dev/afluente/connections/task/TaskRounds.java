package dev.afluente.connections.task;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.database.Schema.SchemaReady;
import io.quarkus.arc.All;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Does the tasks that are due, when woken and at an interval: those that somebody waits for in one {@link Lane}, those that
 * can wait in another, so that the former never queue behind the latter. Several instances share the work and never do the
 * same task at the same time, unless one of them takes longer than the lane's claim. An instance tells while it is at work; what
 * one that was killed had taken is taken by another {@value Tasks#ALIVE_SECONDS} s later. Never blocks the caller.
 */
@Singleton
public class TaskRounds {
    private static final int KEEP_MS = Tasks.ALIVE_SECONDS * 1000 / 4;

    private final Vertx vertx;
    private final AtWork atWork;
    private final Lane prompt;
    private final Lane patient;
    private final Duration interval;
    private final Duration rest;
    private long timer = -1;
    private long keeping = -1;

    /**
     * @param interval how late a task may begin that nobody woke the rounds for
     * @param rest how long after a start what can wait is left: what was told meanwhile is taken in first
     */
    TaskRounds(
            Vertx vertx,
            Database database,
            Tasks tasks,
            @All List<TaskHandler> handlers,
            AtWork atWork,
            Clock clock,
            @ConfigProperty(name = "afluente.tasks.interval", defaultValue = "PT1S") Duration interval,
            @ConfigProperty(name = "afluente.tasks.rest", defaultValue = "PT20S") Duration rest) {
        this.vertx = vertx;
        this.atWork = atWork;
        this.prompt = new Lane(
                database,
                tasks,
                handlers.stream().filter(handler -> !handler.canWait()).toList(),
                atWork,
                clock);
        this.patient = new Lane(
                database, tasks, handlers.stream().filter(TaskHandler::canWait).toList(), atWork, clock);
        this.interval = interval;
        this.rest = rest;
    }

    synchronized void begin(@Observes SchemaReady ready) {
        patient.rest(rest);
        timer = vertx.setPeriodic(interval.toMillis(), tick -> wake());
        keeping = vertx.setPeriodic(KEEP_MS, tick -> atWork.keep());
    }

    @PreDestroy
    synchronized void end() {
        vertx.cancelTimer(timer);
        vertx.cancelTimer(keeping);
    }

    /** Asks for a round; what became due before the call is always seen. */
    public void wake() {
        prompt.wake();
        patient.wake();
    }
}
