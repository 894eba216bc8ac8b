package dev.afluente.connections.sweep.pace;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.database.Schema.SchemaReady;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * How long ago the provider was last asked about the connection that has waited longest, measured twice a minute. Not well
 * when that is half as much again as the interval, which is 15 minutes unless configured otherwise: the provider is away, the
 * service was, or there are more connections than may be asked about. Requests are served all the same.
 */
@Wellness
@Singleton
class SweepAge implements AsyncHealthCheck {
    private static final String NAME = "sweep";
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final String OLDEST = """
            SELECT CAST(coalesce(extract(epoch FROM now() - min(since)), 0) AS bigint) FROM tasks
            WHERE kind = '%s'""".formatted(SweepPace.TASK);

    private final Vertx vertx;
    private final Database database;
    private final Duration most;
    private volatile long oldest;
    private long timer = -1;

    SweepAge(Vertx vertx, Database database, SweepConfig config) {
        this.vertx = vertx;
        this.database = database;
        this.most = config.interval().multipliedBy(3).dividedBy(2);
    }

    void begin(@Observes SchemaReady ready, MeterRegistry metrics) {
        metrics.gauge("afluente.sweep.oldest.seconds", this, age -> age.oldest);
        timer = vertx.setPeriodic(
                0, EVERY.toMillis(), tick -> measured().subscribe().with(age -> {}, failure -> {}));
    }

    @PreDestroy
    void end() {
        vertx.cancelTimer(timer);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return measured()
                .map(age -> HealthCheckResponse.named(NAME)
                        .status(age <= most.toSeconds())
                        .withData("oldest_seconds", age)
                        .build())
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.down(NAME));
    }

    private Uni<Long> measured() {
        return database.ofAllTenants(
                        () -> Panache.getSession().chain(session -> session.createNativeQuery(OLDEST, Long.class)
                                .getSingleResult()))
                .invoke(age -> oldest = age);
    }
}
