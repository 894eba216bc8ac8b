package dev.afluente.model.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import java.time.Duration;
import java.util.List;

/**
 * The connection pool with the bounds that configuration has no names for. A server that vanishes without a word costs
 * one silence per connection and not the operating system's quarter of an hour, and a crowd that waits for connections
 * stops growing at {@value #MOST_WAITING}. A service makes it its own by a bean that extends it.
 */
public class BoundedPool implements PgPoolCreator {
    private static final int CONNECT_MS = 3_000;

    private static final int MOST_WAITING = 500;

    /** Longer than any statement of ours; the client forgets what is longer than 2,048 characters and prepares it anew. */
    private static final int LONGEST_STATEMENT = 32_768;

    private final int silenceSeconds;

    /** @param silence how long a server may say nothing; longer than any statement may take */
    protected BoundedPool(Duration silence) {
        this.silenceSeconds = Math.toIntExact(silence.toSeconds());
    }

    @Override
    public Pool create(Input input) {
        for (PgConnectOptions options : input.pgConnectOptionsList()) {
            options.setConnectTimeout(CONNECT_MS)
                    .setReadIdleTimeout(silenceSeconds)
                    .setTcpKeepAlive(true);
            options.setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT);
        }
        PoolOptions pool = input.poolOptions().setMaxWaitQueueSize(MOST_WAITING);
        return PgBuilder.pool()
                .with(pool)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
