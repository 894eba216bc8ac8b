package dev.afluente.model.database;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date when the database is there, however late: a service starts without its database, is not
 * ready until the schema stands, and needs no restart. Any failure is tried again every second; a new reason is logged
 * once. Flyway is blocking, so it runs on a worker thread. In production the migrations run in a job under a role that
 * may change the schema; then {@code enabled} is false and the schema counts as being there.
 */
public final class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Flyway flyway;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicReference<String> reported = new AtomicReference<>("");

    public Migrations(Vertx vertx, Flyway flyway) {
        this.vertx = vertx;
        this.flyway = flyway;
    }

    /**
     * Starts in the background; call it once. {@code afterwards} runs exactly once, on a worker thread, when the schema
     * stands. When it fails it is not run again, because half of it may have been done: the service stays not ready.
     */
    public void start(boolean enabled, Runnable afterwards) {
        Infrastructure.getDefaultWorkerPool().execute(() -> attempt(enabled, afterwards));
    }

    /** Tells whether the schema stands and what was to follow has been done. */
    public boolean done() {
        return done.get();
    }

    private void attempt(boolean enabled, Runnable afterwards) {
        if (enabled && !migrated()) {
            vertx.setTimer(PAUSE.toMillis(), timer -> start(true, afterwards));
            return;
        }
        try {
            afterwards.run();
            done.set(true);
        } catch (RuntimeException e) {
            LOG.error("What follows the migrations failed; this service will not become ready", e);
        }
    }

    private boolean migrated() {
        try {
            flyway.migrate();
            return true;
        } catch (RuntimeException e) {
            // Not only Flyway's own: a pool that cannot connect may raise what it likes.
            String reason = reason(e);
            if (!reason.equals(reported.getAndSet(reason))) {
                LOG.warnf("The schema could not be brought up to date, will try again: %s", reason);
            }
            return false;
        }
    }

    /** Names codes only: the text of a database's error may hold values. */
    private static String reason(RuntimeException e) {
        StringBuilder reason = new StringBuilder(e.getClass().getSimpleName());
        if (e instanceof FlywayException flyway && flyway.getErrorCode() != null) {
            reason.append(' ').append(flyway.getErrorCode());
        }
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof SQLException sql) {
            reason.append(", SQLSTATE ").append(sql.getSQLState());
        } else if (root != e) {
            reason.append(", ").append(root.getClass().getSimpleName());
        }
        return reason.toString();
    }
}
