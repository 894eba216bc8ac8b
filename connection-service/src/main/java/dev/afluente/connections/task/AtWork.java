package dev.afluente.connections.task;

import dev.afluente.connections.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What this instance is at work on. It tells the database so again and again, until the work ends or the instance dies: then
 * others need not wait for the end of a claim, which is made for the slowest of providers.
 */
@Singleton
public class AtWork {
    private static final Logger LOG = Logger.getLogger(AtWork.class);

    private final Database database;
    private final Tasks tasks;
    private final Map<Object, Place> places = new ConcurrentHashMap<>();

    private record Place(String tenant, UUID connection, String kind) {}

    AtWork(Database database, Tasks tasks) {
        this.database = database;
        this.tasks = tasks;
    }

    void begin(Task task) {
        places.put(task, new Place(task.tenantId, task.connectionId, task.kind));
    }

    void end(Task task) {
        places.remove(task);
    }

    /** Does work that a task waits for, outside of any round; the task has been {@linkplain Tasks#attend attended} to. */
    public <T> Uni<T> during(String tenant, UUID connection, String kind, Supplier<Uni<T>> work) {
        Object token = new Object();
        return Uni.createFrom()
                .deferred(() -> {
                    places.put(token, new Place(tenant, connection, kind));
                    return work.get();
                })
                .onTermination()
                .invoke(() -> places.remove(token));
    }

    /** Tells the database of everything that is under way. Never fails: what is not told may be taken by another instance. */
    void keep() {
        places.values().forEach(place -> database.ofTenant(
                        place.tenant(), () -> tasks.keep(place.tenant(), place.connection(), place.kind()))
                .subscribe()
                .with(
                        kept -> {},
                        failure -> LOG.debugf(
                                "May be taken by another instance: kind=%s connection=%s failure=%s",
                                place.kind(),
                                place.connection(),
                                failure.getClass().getSimpleName())));
    }
}
