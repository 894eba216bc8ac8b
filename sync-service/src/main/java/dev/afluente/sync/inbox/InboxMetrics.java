package dev.afluente.sync.inbox;

import dev.afluente.model.database.Migrations;
import dev.afluente.sync.database.Ledger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Counts what this instance took into the inbox, ended, gave up, replayed and deleted, after the commit; and tells every {@value
 * #LOOK_MS} ms how long the oldest event has been waiting for its connection. No label comes from outside. For any thread.
 */
@Singleton
public class InboxMetrics {
    private static final int LOOK_MS = 15_000;

    private static final String OLDEST = """
            SELECT coalesce(extract(epoch FROM now() - min(received_at)), 0)::bigint FROM inbox
            WHERE state = 'WAITING'""";

    private final Ledger ledger;
    private final Migrations migrations;
    private final Vertx vertx;
    private final Counter received;
    private final Counter ignored;
    private final Counter dead;
    private final Counter processed;
    private final Counter replayed;
    private final Counter givenUp;
    private final Counter deleted;
    private volatile long oldestSeconds;

    @Inject
    InboxMetrics(MeterRegistry registry, Ledger ledger, Migrations migrations, Vertx vertx) {
        this.ledger = ledger;
        this.migrations = migrations;
        this.vertx = vertx;
        received = registry.counter("afluente.inbox.received");
        ignored = registry.counter("afluente.inbox.ignored");
        dead = registry.counter("afluente.inbox.dead");
        processed = registry.counter("afluente.inbox.processed");
        replayed = registry.counter("afluente.inbox.replayed");
        givenUp = registry.counter("afluente.inbox.given.up");
        deleted = registry.counter("afluente.inbox.deleted");
        Gauge.builder("afluente.inbox.oldest.waiting", this, self -> self.oldestSeconds)
                .baseUnit("seconds")
                .register(registry);
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(LOOK_MS, timer -> look());
    }

    /** @param added events seen for the first time */
    public void received(List<InboxEntry> added) {
        for (InboxEntry entry : added) {
            received.increment();
            if (entry.state().equals("IGNORED")) {
                ignored.increment();
            } else if (entry.state().equals("DEAD")) {
                dead.increment();
            }
        }
    }

    /** @param events whose run has ended */
    public void processed(int events) {
        processed.increment(events);
    }

    /** @param events that were asked to take effect once more */
    public void replayed(int events) {
        replayed.increment(events);
    }

    /** @param events that nobody connected in time */
    void givenUp(int events) {
        givenUp.increment(events);
    }

    /** @param events that were kept long enough */
    void deleted(int events) {
        deleted.increment(events);
    }

    private void look() {
        if (migrations.done()) {
            ledger.ofAll(connection -> connection.query(OLDEST).execute())
                    .subscribe()
                    .with(rows -> oldestSeconds = rows.iterator().next().getLong(0), failure -> {
                        // The last known age stands; that the database is away is told by readiness.
                    });
        }
    }
}
