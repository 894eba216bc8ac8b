package dev.afluente.sync.support;

import dev.afluente.sync.database.Ledger;
import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Rows that a transaction of somebody else's has locked, until this is closed; for fewer than 10 s. */
public final class Held implements AutoCloseable {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<Void> ended;

    private Held(String sql, Object... values) {
        CompletableFuture<Void> locked = new CompletableFuture<>();
        ended = Arc.container()
                .instance(Ledger.class)
                .get()
                .ofAll(connection -> connection
                        .preparedQuery(sql)
                        .execute(Tuple.from(Arrays.asList(values)))
                        .invoke(() -> locked.complete(null))
                        .chain(() -> Uni.createFrom().completionStage(end)))
                .onFailure()
                .invoke(locked::completeExceptionally)
                .subscribeAsCompletionStage();
        locked.join();
    }

    /** @param sql locks the rows, e.g. {@code SELECT … FOR UPDATE} */
    public static Held by(String sql, Object... values) {
        return new Held(sql, values);
    }

    @Override
    public void close() {
        end.complete(null);
        ended.join();
    }
}
