package dev.afluente.connections.task;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.database.Schema.SchemaReady;
import dev.afluente.connections.provider.ProviderFailure;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Rounds of their own over the same database and the same handlers: what another instance of the service would do. */
@Singleton
public class SecondInstance {
    private final AtomicInteger done = new AtomicInteger();
    private final TaskRounds rounds;

    SecondInstance(
            Vertx vertx,
            Database database,
            Tasks tasks,
            @All List<TaskHandler> handlers,
            AtWork atWork,
            Clock clock,
            @ConfigProperty(name = "afluente.tasks.interval") Duration interval) {
        List<TaskHandler> counted =
                handlers.stream().<TaskHandler>map(Counted::new).toList();
        this.rounds = new TaskRounds(vertx, database, tasks, counted, atWork, clock, interval, Duration.ZERO);
    }

    public void start() {
        rounds.begin(new SchemaReady());
        rounds.wake();
    }

    public void stop() {
        rounds.end();
    }

    /** Tells whether this instance had a share of the work. */
    public boolean didSomething() {
        return done.get() > 0;
    }

    private final class Counted implements TaskHandler {
        private final TaskHandler real;

        Counted(TaskHandler real) {
            this.real = real;
        }

        @Override
        public String kind() {
            return real.kind();
        }

        @Override
        public boolean canWait() {
            return real.canWait();
        }

        @Override
        public Uni<Void> handle(Task task) {
            done.incrementAndGet();
            return real.handle(task);
        }

        @Override
        public Uni<Void> refused(Task task, ProviderFailure failure) {
            return real.refused(task, failure);
        }
    }
}
