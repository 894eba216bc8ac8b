package dev.afluente.sync.database;

import dev.afluente.model.database.SqlFailures;
import dev.afluente.model.outbox.OutboxProducer;
import dev.afluente.model.outbox.OutboxRelay;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;

/**
 * The only way to the database. Every piece of work is one transaction that has said whose rows it may see and write;
 * PostgreSQL hides all others ({@code V3__row_level_security.sql}). The setting ends with the transaction, so no
 * connection carries it back to the pool.
 *
 * <p>Fails with {@link LedgerAwayException} when PostgreSQL cannot be had now. Who waits for an answer at the API is told so when
 * its time is up, though PostgreSQL says nothing at all; the transaction is left to end as a whole.
 */
@ApplicationScoped
public class Ledger {
    private static final String EVERYBODY = "*";
    private static final String SCOPE = "SELECT set_config('afluente.tenant', $1, true)";

    private final Pool pool;
    private final Vertx vertx;

    @Inject
    public Ledger(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    /** Does work that sees and writes the rows of one tenant. */
    public <T> Uni<T> ofTenant(String tenant, Function<SqlConnection, Uni<T>> work) {
        if (tenant.isBlank() || tenant.equals(EVERYBODY)) {
            return Uni.createFrom().failure(new IllegalArgumentException("Not the name of a tenant"));
        }
        return scoped(tenant, work);
    }

    /** Does work on the rows of all tenants: leasing, and taking in events whose tenant may not be known yet. */
    public <T> Uni<T> ofAll(Function<SqlConnection, Uni<T>> work) {
        return scoped(EVERYBODY, work);
    }

    /** Returns a relay of this database's outbox, which scopes its own session. */
    public OutboxRelay relay(OutboxProducer producer, String source) {
        return new OutboxRelay(pool, producer, source);
    }

    private <T> Uni<T> scoped(String tenant, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> inTime(transaction(tenant, work), RequestDeadline.left()))
                .onFailure(failure -> SqlFailures.isAway(failure) && !(failure instanceof LedgerAwayException))
                .transform(LedgerAwayException::new);
    }

    /** Never cancels: a transaction that has begun ends by itself. The answer comes on the caller's context either way. */
    private <T> Uni<T> inTime(Uni<T> transaction, long millis) {
        if (millis == 0) {
            return transaction;
        }
        return Uni.createFrom().emitter(emitter -> {
            long timer = vertx.setTimer(millis, late -> emitter.fail(new LedgerAwayException(null)));
            transaction
                    .onTermination()
                    .invoke(() -> vertx.cancelTimer(timer))
                    .subscribe()
                    .with(emitter::complete, emitter::fail);
        });
    }

    private <T> Uni<T> transaction(String tenant, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> {
            // Not waited for: a connection does its commands in order, and one that fails fails the transaction.
            Uni<Void> scope = connection
                    .preparedQuery(SCOPE)
                    .execute(Tuple.of(tenant))
                    .replaceWithVoid()
                    .memoize()
                    .indefinitely();
            scope.subscribe().with(done -> {}, failure -> {});
            return work.apply(connection).call(() -> scope);
        });
    }
}
