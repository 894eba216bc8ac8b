package dev.afluente.model.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connection pool with the bounds that configuration has no names for. A server that vanishes without a word costs
 * one silence per connection and not the operating system's quarter of an hour, and a crowd that waits for connections
 * stops growing at {@value #MOST_WAITING}. A service makes it its own by a bean that extends it.
 *
 * <p>The client measures silence from the last thing it read, a connection's rest in the pool included. So the pool
 * closes what has rested for {@value #REST_SECONDS} s, and silence is longer than that rest and a statement together: a connection
 * is never closed in the moment in which somebody begins to use it.
 */
public class BoundedPool implements PgPoolCreator {
    private static final int CONNECT_MS = 3_000;

    private static final int MOST_WAITING = 500;

    /** Longer than any statement of ours; the client forgets what is longer than 2,048 characters and prepares it anew. */
    private static final int LONGEST_STATEMENT = 32_768;

    private static final int REST_SECONDS = 5;

    /** How late the pool closes what has rested, and how late PostgreSQL ends a statement. */
    private static final int GRACE_SECONDS = 2;

    private final int silenceSeconds;

    /** @param longest what PostgreSQL lets a statement take */
    protected BoundedPool(Duration longest) {
        this.silenceSeconds = Math.toIntExact(longest.toSeconds()) + REST_SECONDS + GRACE_SECONDS;
    }

    @Override
    public Pool create(Input input) {
        for (PgConnectOptions options : input.pgConnectOptionsList()) {
            options.setConnectTimeout(CONNECT_MS)
                    .setReadIdleTimeout(silenceSeconds)
                    .setTcpKeepAlive(true);
            options.setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT);
        }
        PoolOptions pool = input.poolOptions()
                .setMaxWaitQueueSize(MOST_WAITING)
                .setIdleTimeout(REST_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setPoolCleanerPeriod(1_000);
        return PgBuilder.pool()
                .with(pool)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
