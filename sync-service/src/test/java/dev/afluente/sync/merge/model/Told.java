package dev.afluente.sync.merge.model;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.merge.Changes;
import dev.afluente.sync.merge.MergeListener;
import dev.afluente.sync.run.LeasedRun;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what a run told of: as many changes as events, since both follow from the same. */
@ApplicationScoped
public class Told implements MergeListener {
    private final Map<UUID, Integer> byRun = new ConcurrentHashMap<>();

    int of(UUID run) {
        return byRun.getOrDefault(run, 0);
    }

    @Override
    public Uni<Void> merged(SqlConnection connection, LeasedRun run, LedgerAccount account, Changes changes) {
        byRun.merge(run.id(), 1, Integer::sum);
        return Uni.createFrom().voidItem();
    }
}
