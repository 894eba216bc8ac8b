package dev.afluente.connections.database;

import dev.afluente.model.database.SqlFailures;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The one way into a transaction, from any thread: request, Kafka record or timer.
 *
 * <p>Each attempt has a duplicated Vert.x context, and with it a session, of its own. A subscriber that goes away does
 * not cancel it: a transaction that has begun always commits or rolls back as a whole, bounded by the time limits set
 * on every PostgreSQL connection. The answer arrives on the caller's own context.
 *
 * <p>Serialization failures and deadlocks are repeated, whole, up to {@value #ATTEMPTS} times. Everything that means
 * "not now" fails with {@link StorageAwayException}; after {@code afluente.database.deadline} the caller gets that answer
 * even when PostgreSQL says nothing at all. The work must call nobody but the database.
 */
@Singleton
public class Database {
    static final int ATTEMPTS = 4;

    /** What the policies of row-level security take for every tenant. */
    private static final String ALL_TENANTS = "*";

    private static final String SCOPE = "SELECT set_config('afluente.tenant', :tenant, true)";

    private final Vertx vertx;
    private final Schema schema;
    private final Duration deadline;

    /** @param deadline above PostgreSQL's own statement and lock limits, below a client's patience */
    Database(
            Vertx vertx,
            Schema schema,
            @ConfigProperty(name = "afluente.database.deadline", defaultValue = "PT12S") Duration deadline) {
        this.vertx = vertx;
        this.schema = schema;
        this.deadline = deadline;
    }

    /** Runs {@code work} in a transaction that sees the rows of one tenant and no others; it may run more than once. */
    public <T> Uni<T> ofTenant(String tenant, Supplier<Uni<T>> work) {
        if (tenant.equals(ALL_TENANTS)) {
            throw new IllegalArgumentException("A tenant cannot have this name");
        }
        return transaction(tenant, work);
    }

    /** As {@link #ofTenant}, but sees the rows of all tenants: for the service's own rounds, never for a request. */
    public <T> Uni<T> ofAllTenants(Supplier<Uni<T>> work) {
        return transaction(ALL_TENANTS, work);
    }

    private <T> Uni<T> transaction(String tenant, Supplier<Uni<T>> work) {
        Supplier<Uni<T>> scoped = () -> scope(tenant).chain(ignored -> work.get());
        return Uni.createFrom()
                .deferred(() -> schema.stands()
                        ? attempt(scoped)
                        : Uni.createFrom().failure(new StorageAwayException("schema_not_ready", null)))
                .onFailure(SqlFailures::isConflict)
                .retry()
                .atMost(ATTEMPTS - 1)
                .onFailure(SqlFailures::isAway)
                .transform(failure -> new StorageAwayException("unreachable", failure));
    }

    /** Ends with the transaction, so that no pooled connection remembers a tenant. */
    private static Uni<Void> scope(String tenant) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SCOPE, String.class)
                        .setParameter("tenant", tenant)
                        .getSingleResult())
                .replaceWithVoid();
    }

    private <T> Uni<T> attempt(Supplier<Uni<T>> work) {
        Context caller = Vertx.currentContext();
        return Uni.createFrom()
                .<T>emitter(emitter -> {
                    Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
                    VertxContextSafetyToggle.setContextSafe(own, true);
                    own.runOnContext(
                            start -> Panache.withTransaction(work).subscribe().with(emitter::complete, emitter::fail));
                })
                .ifNoItem()
                .after(deadline)
                .failWith(() -> new StorageAwayException("no_answer", null))
                .emitOn(task -> resume(caller, task));
    }

    private static void resume(Context caller, Runnable task) {
        if (caller == null || caller == Vertx.currentContext()) {
            task.run();
        } else {
            caller.runOnContext(ignored -> task.run());
        }
    }
}
