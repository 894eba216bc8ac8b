package dev.afluente.sync.merge;

import dev.afluente.model.event.TransactionsMerged;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.outbox.Outbox;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.SourcePage;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * One page, one transaction: rows, rows set aside, the run's counts and the event that tells the change, all or
 * nothing. The run's own row is written before the event: that rolls back a worker that lost its lease, and puts a
 * connection's events in the order of their commits.
 */
@ApplicationScoped
public class PageMerge {
    private final Ledger ledger;
    private final TransactionMerge merge;
    private final Runs runs;
    private final Outbox outbox;
    private final List<MergeListener> listeners;

    @Inject
    public PageMerge(
            Ledger ledger, TransactionMerge merge, Runs runs, Outbox outbox, @All List<MergeListener> listeners) {
        this.ledger = ledger;
        this.merge = merge;
        this.runs = runs;
        this.outbox = outbox;
        this.listeners = listeners;
    }

    /** Books a page. */
    public Uni<Tally> book(LeasedRun run, LedgerAccount account, SourcePage page) {
        return ledger.ofTenant(
                        run.tenantId(), connection -> merge.setAside(connection, run, account.id(), page.setAside())
                                .chain(() -> merge.book(connection, run, account.id(), page.rows()))
                                .chain(changes -> settle(connection, run, account, changes, tally(page, changes))))
                .invoke(outbox::wake);
    }

    /** Marks rows as removed that the provider, asked by name, no longer has. */
    public Uni<Tally> remove(LeasedRun run, LedgerAccount account, List<String> providerIds) {
        return ledger.ofTenant(run.tenantId(), connection -> merge.remove(connection, run, account.id(), providerIds)
                        .chain(changes -> settle(
                                connection,
                                run,
                                account,
                                changes,
                                new Tally(0, 0, changes.removed().size(), 0, 0))))
                .invoke(outbox::wake);
    }

    private Uni<Tally> settle(
            SqlConnection connection, LeasedRun run, LedgerAccount account, Changes changes, Tally tally) {
        return runs.count(connection, run, tally)
                .chain(() -> changes.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tell(connection, run, account, changes)
                                .chain(() -> outbox.add(connection, event(run, account, changes), run.traceparent())))
                .replaceWith(tally);
    }

    private Uni<Void> tell(SqlConnection connection, LeasedRun run, LedgerAccount account, Changes changes) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.merged(connection, run, account, changes))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Tally tally(SourcePage page, Changes changes) {
        int changed = changes.added().size() + changes.modified().size();
        return new Tally(
                changes.added().size(),
                changes.modified().size(),
                0,
                page.rows().size() - changed,
                page.setAside().size());
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
