package dev.afluente.connections.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The connection pool with the bounds that configuration has no names for. A server that vanishes without a word costs
 * {@value #SILENCE_SECONDS} s per connection and not the operating system's quarter of an hour, and a crowd that waits
 * for connections stops growing at {@value #MOST_WAITING}.
 */
@Singleton
class BoundedPool implements PgPoolCreator {
    private static final int CONNECT_MS = 3_000;

    /** Longer than any statement may take. */
    private static final int SILENCE_SECONDS = 12;

    private static final int MOST_WAITING = 500;

    @Override
    public Pool create(Input input) {
        for (PgConnectOptions options : input.pgConnectOptionsList()) {
            options.setConnectTimeout(CONNECT_MS)
                    .setReadIdleTimeout(SILENCE_SECONDS)
                    .setTcpKeepAlive(true);
        }
        PoolOptions pool = input.poolOptions().setMaxWaitQueueSize(MOST_WAITING);
        return PgBuilder.pool()
                .with(pool)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
