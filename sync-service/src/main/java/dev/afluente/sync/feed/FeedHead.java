package dev.afluente.sync.feed;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Numbers the changes to one person's transactions. Whoever writes a row of theirs takes a number first and holds the
 * person's row until the end of the transaction, so numbers become visible in their order and a cursor skips nothing.
 * Taken before any row of {@code transaction} is written, by everyone: two writers cannot deadlock.
 */
@ApplicationScoped
public class FeedHead {
    private static final String NEXT = """
            INSERT INTO feed_head AS f (tenant_id, user_id, seq) VALUES ($1, $2, 1)
            ON CONFLICT (tenant_id, user_id) DO UPDATE SET seq = f.seq + 1 RETURNING seq""";

    /** Returns the number for what this transaction changes; one is enough for all its rows. */
    public Uni<Long> next(SqlConnection connection, String tenant, String user) {
        return connection.preparedQuery(NEXT).execute(Tuple.of(tenant, user)).map(rows -> rows.iterator()
                .next()
                .getLong(0));
    }
}
