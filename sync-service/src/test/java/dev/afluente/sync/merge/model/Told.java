package dev.afluente.sync.merge.model;

import dev.afluente.sync.merge.Changes;
import dev.afluente.sync.merge.MergeListener;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what syncs told a person of: as many changes as events, since both follow from the same. */
@ApplicationScoped
public class Told implements MergeListener {
    private final Map<String, Integer> byUser = new ConcurrentHashMap<>();

    int of(String user) {
        return byUser.getOrDefault(user, 0);
    }

    @Override
    public Uni<Void> merged(SqlConnection connection, String tenant, String user, Changes changes) {
        byUser.merge(user, 1, Integer::sum);
        return Uni.createFrom().voidItem();
    }
}
