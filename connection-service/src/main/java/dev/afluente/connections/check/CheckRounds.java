package dev.afluente.connections.check;

import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.database.Schema.SchemaReady;
import dev.afluente.connections.database.StorageAwayException;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Asks providers the questions that are due, at most {@value #AT_ONCE} at a time per instance, until none is left; then
 * again when woken and at an interval. Several instances share the work and never ask the same question at the same
 * time, unless one of them takes longer than {@link #CLAIM}. Never blocks the caller.
 */
@Singleton
public class CheckRounds {
    private static final Logger LOG = Logger.getLogger(CheckRounds.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int BATCH = 8;
    private static final int AT_ONCE = 4;

    /** Longer than a batch of silent providers and transactions takes. */
    private static final Duration CLAIM = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Database database;
    private final Connections connections;
    private final StateChecks checks;
    private final StateKeeper keeper;
    private final Providers providers;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile Instant pausedUntil = Instant.MIN;
    private long timer = -1;

    CheckRounds(
            Vertx vertx,
            Database database,
            Connections connections,
            StateChecks checks,
            StateKeeper keeper,
            Providers providers,
            Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.connections = connections;
        this.checks = checks;
        this.keeper = keeper;
        this.providers = providers;
        this.clock = clock;
    }

    synchronized void begin(@Observes SchemaReady ready) {
        timer = vertx.setPeriodic(INTERVAL.toMillis(), tick -> wake());
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
                    "Round of state checks ended early, will go on: %s",
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
        return database.transaction(() -> checks.take(now, now.plus(CLAIM), BATCH))
                .chain(taken -> Multi.createFrom()
                        .iterable(taken)
                        .onItem()
                        .transformToUni(this::answer)
                        .merge(AT_ONCE)
                        .collect()
                        .last()
                        .replaceWith(taken.size()));
    }

    private Uni<Void> answer(StateCheck check) {
        Instant askedAt = clock.instant();
        return database.transaction(() -> connections.known(check.tenantId, check.connectionId))
                .chain(connection -> providers.get(connection.provider()).state(connection.linkId()))
                .chain(state -> keeper.told(check, state, askedAt, clock.instant()))
                .onFailure(ProviderException.class)
                .recoverWithUni(failure -> failed(check, failure.failure()))
                .onFailure(failure -> !(failure instanceof StorageAwayException))
                .recoverWithItem(failure -> left(check, failure));
    }

    /** One question nobody foresaw must not hold up the others; it is taken again when its claim has run out. */
    private static Void left(StateCheck check, Throwable failure) {
        LOG.warnf(
                "State check left for later: connection=%s failure=%s",
                check.connectionId, failure.getClass().getSimpleName());
        return null;
    }

    private Uni<Void> failed(StateCheck check, ProviderFailure failure) {
        if (failure instanceof ProviderFailure.RateLimited limit) {
            // The budget is shared by all connections: the others would be refused as well.
            pausedUntil = limit.until();
        }
        LOG.debugf(
                "State not told: connection=%s failure=%s",
                check.connectionId, failure.getClass().getSimpleName());
        return keeper.failed(check, failure, clock.instant());
    }
}
