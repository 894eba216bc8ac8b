package dev.afluente.sync.merge;

import dev.afluente.model.event.TransactionsMerged;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.outbox.Outbox;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import dev.afluente.sync.run.Tally;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from a change in the change's own transaction: the run's counts, the listeners' conclusions, the event
 * that tells it. The run's own row is written before the event: that rolls back a worker that lost its lease, and puts
 * a connection's events in the order of their commits. All of it is given to the connection at once.
 */
@ApplicationScoped
class Aftermath {
    private final Runs runs;
    private final Outbox outbox;
    private final List<MergeListener> listeners;

    @Inject
    Aftermath(Runs runs, Outbox outbox, @All List<MergeListener> listeners) {
        this.runs = runs;
        this.outbox = outbox;
        this.listeners = listeners;
    }

    /** Returns the changes as counts; call {@link #wake} after the commit. */
    Uni<Tally> of(SqlConnection connection, LeasedRun run, LedgerAccount account, Changes changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().item(Tally.NOTHING);
        }
        Tally tally = new Tally(
                changes.added().size(),
                changes.modified().size(),
                changes.removed().size(),
                0,
                0);
        List<Uni<Void>> all = new ArrayList<>();
        all.add(runs.count(connection, run, tally));
        listeners.forEach(listener ->
                all.add(listener.merged(connection, run.tenantId(), run.link().userId(), changes)));
        all.add(outbox.add(connection, event(run, account, changes), run.traceparent()));
        return Uni.combine().all().unis(all).discardItems().replaceWith(tally);
    }

    void wake() {
        outbox.wake();
    }

    private static TransactionsMerged event(LeasedRun run, LedgerAccount account, Changes changes) {
        return new TransactionsMerged(
                run.tenantId(),
                run.link().connectionId(),
                account.id(),
                run.id(),
                changes.added(),
                changes.modified(),
                changes.removed());
    }
}
