package dev.afluente.connections.connector;

import dev.afluente.connections.provider.Bank;
import dev.afluente.connections.provider.Providers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The banks on offer, read from the provider at most once per age: many callers at once lead to one question. A list
 * that cannot be renewed is served as it was, and the provider is left alone for {@link #PAUSE}. Holds one list; safe
 * from any thread; never blocks; answers on the caller's own context.
 */
@Singleton
class BankList {
    static final Duration PAUSE = Duration.ofSeconds(30);

    private final Supplier<Uni<List<Bank>>> source;
    private final Duration age;
    private final Clock clock;

    private List<Bank> known;
    private Instant renewAt = Instant.MIN;
    private Uni<List<Bank>> underWay;

    @Inject
    BankList(
            Providers providers,
            @ConfigProperty(name = "afluente.connectors.age", defaultValue = "PT10M") Duration age,
            Clock clock) {
        this(() -> providers.preferred().banks(), age, clock);
    }

    BankList(Supplier<Uni<List<Bank>>> source, Duration age, Clock clock) {
        this.source = source;
        this.age = age;
        this.clock = clock;
    }

    Uni<List<Bank>> banks() {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            return current().emitOn(task -> resume(caller, task));
        });
    }

    private synchronized Uni<List<Bank>> current() {
        if (known != null && clock.instant().isBefore(renewAt)) {
            return Uni.createFrom().item(known);
        }
        if (underWay == null) {
            underWay = source.get()
                    .onItem()
                    .invoke(this::renewed)
                    .onFailure()
                    .recoverWithUni(this::stale)
                    .memoize()
                    .indefinitely();
        }
        return underWay;
    }

    private synchronized void renewed(List<Bank> banks) {
        known = List.copyOf(banks);
        renewAt = clock.instant().plus(age);
        underWay = null;
    }

    private synchronized Uni<List<Bank>> stale(Throwable failure) {
        underWay = null;
        if (known == null) {
            return Uni.createFrom().failure(failure);
        }
        renewAt = clock.instant().plus(PAUSE);
        return Uni.createFrom().item(known);
    }

    private static void resume(Context caller, Runnable task) {
        if (caller == null || caller == Vertx.currentContext()) {
            task.run();
        } else {
            caller.runOnContext(ignored -> task.run());
        }
    }
}
