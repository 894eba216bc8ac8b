package dev.afluente.model.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.postgres.PostgresDatabases;
import dev.afluente.model.servers.Servers;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedPoolTest {
    private static final String DATABASE = "bounded_pool";

    private final Vertx vertx = Vertx.vertx();
    private Pool pool;

    @BeforeEach
    void open() {
        PostgresDatabases databases = Servers.postgres().databases().recreate(DATABASE);
        PgConnectOptions options = PgConnectOptions.fromUri(databases.reactiveUrl(DATABASE))
                .setUser(databases.username())
                .setPassword(databases.password());
        pool = new BoundedPool(Duration.ofSeconds(2)) {}.create(
                new Configured(vertx, new PoolOptions(), List.of(options)));
    }

    @AfterEach
    void close() throws Exception {
        pool.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }

    private record Configured(Vertx vertx, PoolOptions poolOptions, List<PgConnectOptions> pgConnectOptionsList)
            implements PgPoolCreator.Input {}

    /** Or it is closed in the very moment in which somebody begins to use it, and that request fails. */
    @Test
    void whatNobodyAskedIsNoSilenceOfTheServer() throws Exception {
        int first = number("SELECT pg_backend_pid()");
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

        assertThat(number("SELECT pg_backend_pid()")).isEqualTo(first);
    }

    @Test
    void oneThatRestsForLongIsClosedByThePoolAndNotWhileSomebodyUsesIt() throws Exception {
        int first = number("SELECT pg_backend_pid()");

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (Connection other = Servers.postgres().databases().connect(DATABASE);
                    Statement statement = other.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT FROM pg_stat_activity WHERE pid = " + first)) {
                return !rows.next();
            }
        });
        assertThat(number("SELECT pg_backend_pid()")).isNotEqualTo(first);
    }

    private int number(String sql) throws Exception {
        return pool.query(sql)
                .execute()
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, SECONDS)
                .iterator()
                .next()
                .getInteger(0);
    }
}
