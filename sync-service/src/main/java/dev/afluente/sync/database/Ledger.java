package dev.afluente.sync.database;

import dev.afluente.model.outbox.OutboxProducer;
import dev.afluente.model.outbox.OutboxRelay;
import io.smallrye.mutiny.Uni;
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
 */
@ApplicationScoped
public class Ledger {
    private static final String EVERYBODY = "*";
    private static final String SCOPE = "SELECT set_config('afluente.tenant', $1, true)";

    private final Pool pool;

    @Inject
    public Ledger(Pool pool) {
        this.pool = pool;
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
