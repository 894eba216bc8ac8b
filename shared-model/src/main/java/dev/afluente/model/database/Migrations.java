package dev.afluente.model.database;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date when the database is there, however late: a service starts without its database, is not
 * ready until the schema stands, and needs no restart. Flyway is blocking, so it runs on a worker thread. In production
 * the migrations run in a job under a role that may change the schema; then {@code enabled} is false and the schema
 * counts as being there.
 */
public final class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Flyway flyway;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});

    public Migrations(Vertx vertx, Flyway flyway) {
        this.vertx = vertx;
        this.flyway = flyway;
    }

    /** Starts in the background; {@code afterwards} runs once, on a worker thread, when the schema stands. */
    public void start(boolean enabled, Runnable afterwards) {
        next.set(afterwards);
        inBackground(enabled);
    }

    /** Tells whether the schema stands. */
    public boolean done() {
        return done.get();
    }

    private void inBackground(boolean enabled) {
        Infrastructure.getDefaultWorkerPool().execute(() -> attempt(enabled));
    }

    private void attempt(boolean enabled) {
        try {
            if (enabled) {
                flyway.migrate();
            }
            done.set(true);
            next.get().run();
        } catch (FlywayException e) {
            LOG.warnf("The schema could not be brought up to date, will try again: %s", reason(e));
            vertx.setTimer(PAUSE.toMillis(), timer -> inBackground(enabled));
        }
    }

    private static String reason(FlywayException e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }
}
