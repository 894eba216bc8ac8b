package dev.afluente.model.outbox;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lock never outlives its holder. The pool has one connection: were it lost or given back with the lock, the next
 * use would show it.
 */
class OutboxLockTest {
    private static final Duration DEADLINE = ofMillis(1_500);

    private final Vertx vertx = Vertx.vertx();
    private OutboxDatabase database;
    private Pool pool;
    private OutboxLock lock;

    @BeforeEach
    void lay() throws Exception {
        database = new OutboxDatabase("outbox_lock");
        pool = database.pool(vertx, 1);
        lock = new OutboxLock(pool, DEADLINE);
    }

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void whoeverHoldsItSeesEveryTenantsRowsAndNobodyAfterwards() throws Exception {
        database.writeMany("any", 3, 1);
        AtomicLong shown = new AtomicLong();
        lock.whileHeld(connection -> lock.execute(connection, "SELECT count(*) FROM outbox", Tuple.tuple())
                        .invoke(rows -> shown.set(rows.iterator().next().getLong(0)))
                        .replaceWithVoid())
                .await()
                .atMost(ofSeconds(10));

        assertThat(shown).hasValue(3);
        assertThat(pool.query("SELECT seq FROM outbox").executeAndAwait().size())
                .isZero();
    }

    @Test
    void isHeldDuringTheWorkAndGivenBackAfterIt() throws Exception {
        int session = session();
        lock.whileHeld(connection -> Uni.createFrom()
                        .emitter(done -> vertx.executeBlocking(Uni.createFrom().item(() -> holders()))
                                .subscribe()
                                .with(
                                        holders -> {
                                            assertThat(holders).isEqualTo(1);
                                            done.complete(null);
                                        },
                                        done::fail)))
                .await()
                .atMost(ofSeconds(10));
        assertThat(database.holders()).isZero();
        assertThat(session()).as("the connection was given back, not cut").isEqualTo(session);
    }

    @Test
    void nobodyElseWorksMeanwhile() throws Exception {
        AtomicInteger worked = new AtomicInteger();
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + OutboxLock.KEY + ")");
            lock.whileHeld(connection -> Uni.createFrom().voidItem().invoke(worked::incrementAndGet))
                    .await()
                    .atMost(ofSeconds(10));
        }
        assertThat(worked).hasValue(0);
        session();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RAISE 'no';",
                "RETURN false;",
                "RETURN null;",
                "PERFORM pg_sleep(4); RETURN true;",
                "PERFORM pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid()); RETURN true;"
            })
    void aLockThatCannotBeReleasedEndsWithItsSession(String release) throws Exception {
        database.meddleWithTheLock(release);
        int session = session();
        assertFails(lock.whileHeld(connection -> Uni.createFrom().voidItem()));
        assertGone(session);
    }

    @Test
    void workThatFailsEndsTheSession() throws Exception {
        int session = session();
        assertThatThrownBy(
                        () -> lock.whileHeld(connection -> Uni.createFrom().failure(new IllegalStateException("mine")))
                                .await()
                                .atMost(ofSeconds(10)))
                .hasMessage("mine");
        assertGone(session);
    }

    @Test
    void workThatThrowsEndsTheSession() throws Exception {
        int session = session();
        assertFails(lock.whileHeld(connection -> {
            throw new IllegalStateException("mine");
        }));
        assertGone(session);
    }

    @Test
    void aStatementThatTakesTooLongEndsTheSession() throws Exception {
        int session = session();
        long start = System.nanoTime();
        assertFails(lock.whileHeld(connection ->
                lock.execute(connection, "SELECT pg_sleep($1)", Tuple.of(4.0)).replaceWithVoid()));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ofMillis(3_500));
        assertGone(session);
    }

    @Test
    void aSessionKilledDuringTheWorkIsAFailure() throws Exception {
        int session = session();
        assertFails(lock.whileHeld(connection ->
                vertx.executeBlocking(Uni.createFrom().item(() -> kill())).replaceWithVoid()));
        assertGone(session);
    }

    @Test
    void takingTheLockMayFailToo() throws Exception {
        database.meddleWithTheLock("RETURN pg_catalog.pg_advisory_unlock($1);");
        database.run("CREATE OR REPLACE FUNCTION meddling.pg_try_advisory_lock(bigint) RETURNS boolean LANGUAGE plpgsql"
                + " AS $$BEGIN PERFORM pg_catalog.pg_try_advisory_lock($1); RAISE 'taken all the same'; END$$");
        int session = session();
        assertFails(lock.whileHeld(connection -> Uni.createFrom().voidItem()));
        assertGone(session);
    }

    private static void assertFails(Uni<Void> pass) {
        assertThatThrownBy(() -> pass.await().atMost(ofSeconds(10))).isInstanceOf(Exception.class);
    }

    /** The pool is whole again, with another session, and the lock is free. */
    private void assertGone(int session) {
        assertThat(session()).isNotEqualTo(session);
        await().atMost(ofSeconds(10)).until(() -> database.holders() == 0);
    }

    private int session() {
        return pool.query("SELECT pg_backend_pid()")
                .execute()
                .await()
                .atMost(ofSeconds(10))
                .iterator()
                .next()
                .getInteger(0);
    }

    private long holders() {
        try {
            return database.holders();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long kill() {
        try {
            return database.killHolder();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
