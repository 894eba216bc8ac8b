package dev.afluente.connections.words;

import dev.afluente.connections.database.Schema.SchemaReady;
import dev.afluente.connections.secret.rotation.Rewrapping;
import dev.afluente.connections.secret.rotation.Rewrapping.Progress;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Brings stored words under the newest key from time to time, so that an old key can be taken away a while after a new
 * one has come. Instances may do so at once: a row is changed once. Never blocks; one pass at a time.
 */
@Singleton
class KeyChange {
    private static final Logger LOG = Logger.getLogger(KeyChange.class);

    private final Vertx vertx;
    private final Rewrapping rewrapping;
    private final SealedWords words;
    private final Duration interval;
    private final AtomicBoolean running = new AtomicBoolean();
    private long timer = -1;

    /** @param interval between two passes; longer than nothing */
    KeyChange(
            Vertx vertx,
            Rewrapping rewrapping,
            SealedWords words,
            @ConfigProperty(name = "afluente.secrets.rewrap-interval", defaultValue = "PT10M") Duration interval) {
        this.vertx = vertx;
        this.rewrapping = rewrapping;
        this.words = words;
        this.interval = interval;
    }

    synchronized void begin(@Observes SchemaReady ready) {
        timer = vertx.setPeriodic(interval.toMillis(), tick -> pass());
    }

    @PreDestroy
    synchronized void end() {
        vertx.cancelTimer(timer);
    }

    private void pass() {
        if (running.compareAndSet(false, true)) {
            rewrapping
                    .run(words, Progress.START)
                    .onTermination()
                    .invoke(() -> running.set(false))
                    .subscribe()
                    .with(
                            KeyChange::tell,
                            failure -> LOG.warnf(
                                    "Rewrapping failed: %s", failure.getClass().getSimpleName()));
        }
    }

    private static void tell(Progress progress) {
        if (progress.rewrapped() > 0 || progress.unopenable() > 0) {
            LOG.infof(
                    "Stored words under a new key: rewrapped=%d unopenable=%d",
                    progress.rewrapped(), progress.unopenable());
        }
    }
}
