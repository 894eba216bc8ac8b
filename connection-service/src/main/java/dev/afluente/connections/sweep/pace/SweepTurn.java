package dev.afluente.connections.sweep.pace;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import dev.afluente.connections.sweep.pace.Budget.Turn;
import dev.afluente.connections.task.Task;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Lets looks at a provider through one after the other, at its rate, whichever instance they come from. No thread waits. */
@Singleton
public class SweepTurn {
    private final Vertx vertx;
    private final Database database;
    private final Connections connections;
    private final Providers providers;
    private final Budget budget;
    private final Clock clock;

    SweepTurn(
            Vertx vertx, Database database, Connections connections, Providers providers, Budget budget, Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.connections = connections;
        this.providers = providers;
        this.budget = budget;
        this.clock = clock;
    }

    private record Queued(String provider, Turn turn) {}

    /**
     * Looks when it is the connection's turn; at once when it is gone. Fails with {@link ProviderFailure.RateLimited},
     * without having asked, when its turn is too far away. That the provider itself refused one slows the turns of all.
     *
     * @param look asks the provider as often as {@link dev.afluente.connections.provider.Provider#questions} says
     */
    public <T> Uni<T> of(Task task, Supplier<Uni<T>> look) {
        return database.ofAllTenants(() ->
                        connections.known(task.tenantId(), task.connectionId()).chain(this::queued))
                .chain(queued -> queued == null ? look.get() : inTurn(queued, look));
    }

    private Uni<Queued> queued(Connection connection) {
        if (connection == null || connection.isRemoved()) {
            return Uni.createFrom().nullItem();
        }
        String provider = connection.provider();
        return budget.take(provider, providers.get(provider).questions(connection.state()))
                .map(turn -> new Queued(provider, turn));
    }

    private <T> Uni<T> inTurn(Queued queued, Supplier<Uni<T>> look) {
        Duration in = queued.turn().in();
        if (!queued.turn().given()) {
            return Uni.createFrom()
                    .failure(new ProviderException(
                            new ProviderFailure.RateLimited(clock.instant().plus(in))));
        }
        return after(in).chain(look::get).onFailure(SweepTurn::isTooMany).recoverWithUni(failure -> slower(
                        queued.provider(), (ProviderException) failure)
                .chain(() -> Uni.createFrom().failure(failure)));
    }

    private Uni<Void> after(Duration in) {
        return in.isZero()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .emitter(
                                emitter -> vertx.setTimer(Math.max(1, in.toMillis()), fired -> emitter.complete(null)));
    }

    private Uni<Void> slower(String provider, ProviderException refusal) {
        Instant until = ((ProviderFailure.RateLimited) refusal.failure()).until();
        Duration rest = Duration.between(clock.instant(), until);
        return database.ofAllTenants(() -> budget.slower(provider, rest.isNegative() ? Duration.ZERO : rest));
    }

    private static boolean isTooMany(Throwable failure) {
        return failure instanceof ProviderException refusal && refusal.failure() instanceof ProviderFailure.RateLimited;
    }
}
