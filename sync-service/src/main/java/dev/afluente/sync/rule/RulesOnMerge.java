package dev.afluente.sync.rule;

import dev.afluente.sync.merge.Changes;
import dev.afluente.sync.merge.MergeListener;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** New and corrected rows are shown with what the rules say of them from the start: same transaction, same change. */
@ApplicationScoped
public class RulesOnMerge implements MergeListener {
    private final RuleApplication application;

    @Inject
    public RulesOnMerge(RuleApplication application) {
        this.application = application;
    }

    @Override
    public Uni<Void> merged(SqlConnection connection, String tenant, String user, Changes changes) {
        List<UUID> rows = new ArrayList<>(changes.added());
        rows.addAll(changes.modified());
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : application
                        .toRows(connection, tenant, user, changes.number(), rows)
                        .replaceWithVoid();
    }
}
