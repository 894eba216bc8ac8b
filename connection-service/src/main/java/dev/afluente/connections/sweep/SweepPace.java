package dev.afluente.connections.sweep;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.schedule.Slots;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When a connection is looked at again: each has its own place in an interval that is as long as configured, or as long
 * as it takes to stay below the questions allowed in a minute. Connections are counted once a minute at most.
 */
@Singleton
class SweepPace {
    private static final Duration COUNT_AGE = Duration.ofMinutes(1);
    private static final String COUNT = "SELECT count(*) FROM tasks WHERE kind = :kind";

    private final SweepConfig config;
    private final Database database;
    private final Clock clock;
    private volatile Counted counted;

    private record Counted(Instant at, Duration interval) {}

    SweepPace(SweepConfig config, Database database, Clock clock) {
        config.validate();
        this.config = config;
        this.database = database;
        this.clock = clock;
        this.counted = new Counted(Instant.MIN, config.interval());
    }

    void begin(@Observes StartupEvent start, MeterRegistry metrics) {
        metrics.gauge(
                "afluente.sweep.interval.seconds", this, pace -> pace.interval().toSeconds());
    }

    /** Returns the time between two looks at a connection as it was last worked out. */
    Duration interval() {
        return counted.interval;
    }

    /** Works the interval out anew if that was too long ago. Not inside a transaction. */
    Uni<Void> measure() {
        Instant now = clock.instant();
        if (counted.at.isAfter(now.minus(COUNT_AGE))) {
            return Uni.createFrom().voidItem();
        }
        return database.ofAllTenants(
                        () -> Panache.getSession().chain(session -> session.createNativeQuery(COUNT, Long.class)
                                .setParameter("kind", Sweep.KIND)
                                .getSingleResult()))
                .invoke(count -> counted = new Counted(now, interval(count, config)))
                .replaceWithVoid();
    }

    Instant next(Connection connection, Instant after) {
        return Slots.next(connection.tenantId(), connection.id(), after, interval());
    }

    static Duration interval(long connections, SweepConfig config) {
        Duration needed = Duration.ofMinutes(1).multipliedBy(connections).dividedBy(config.perMinute());
        return needed.compareTo(config.interval()) > 0 ? needed : config.interval();
    }
}
