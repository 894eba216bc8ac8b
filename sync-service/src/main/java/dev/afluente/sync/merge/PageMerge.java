package dev.afluente.sync.merge;

import dev.afluente.sync.account.AccountSources;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.feed.FeedHead;
import dev.afluente.sync.merge.TransactionMerge.Change;
import dev.afluente.sync.merge.TransactionMerge.Overtaken;
import dev.afluente.sync.merge.match.Booking;
import dev.afluente.sync.merge.match.Booking.Correction;
import dev.afluente.sync.merge.match.Reading;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourcePage;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Books a page: looks what of it the ledger does not have, asks the provider what must be gone, and writes the
 * difference in one transaction, all or nothing. A page that is the same writes nothing and takes no lock. What was
 * overtaken by another writer is looked at again. A connection does what it is given in that order, so a write gives it
 * everything at once and waits twice: for the number in the feed, and for all the rest.
 */
@ApplicationScoped
public class PageMerge {
    private static final int LOOKS = 4;

    private final Ledger ledger;
    private final Reading reading;
    private final TransactionMerge merge;
    private final SetAsideRows setAside;
    private final FeedHead feed;
    private final Aftermath aftermath;

    @Inject
    public PageMerge(
            Ledger ledger,
            Reading reading,
            TransactionMerge merge,
            SetAsideRows setAside,
            FeedHead feed,
            Aftermath aftermath) {
        this.ledger = ledger;
        this.reading = reading;
        this.merge = merge;
        this.setAside = setAside;
        this.feed = feed;
        this.aftermath = aftermath;
    }

    /**
     * Books a page, at most one row per provider id. Rows that were the same, and rows set aside, are in the answer only:
     * they count in the run when the account has been read.
     */
    public Uni<Tally> book(LeasedRun run, Source source, LedgerAccount account, SourcePage page) {
        AtomicBoolean again = new AtomicBoolean();
        Uni<Tally> carefully = Uni.createFrom()
                .deferred(() -> reading.of(run, source, account, page.rows(), again.getAndSet(true))
                        .chain(booking -> write(run, account, page, booking)))
                .onFailure(Overtaken.class)
                .retry()
                .atMost(LOOKS);
        // Where there is nothing, nothing can be found again.
        return account.fresh()
                ? write(run, account, page, new Booking(List.of(), page.rows(), List.of()))
                        .onFailure(Overtaken.class)
                        .recoverWithUni(carefully)
                : carefully;
    }

    /**
     * Marks rows as removed.
     *
     * @param reason a stable code
     */
    public Uni<Tally> remove(LeasedRun run, LedgerAccount account, List<String> providerIds, String reason) {
        return ledger.ofTenant(run.tenantId(), connection -> merge.removable(connection, run, account.id(), providerIds)
                        .chain(there -> there.isEmpty()
                                ? Uni.createFrom().item(Tally.NOTHING)
                                : remove(connection, run, account, there, reason)))
                .invoke(aftermath::wake);
    }

    private Uni<Tally> remove(
            SqlConnection connection, LeasedRun run, LedgerAccount account, List<String> ids, String reason) {
        return AccountSources.hold(connection, run, account)
                .chain(() -> feed.next(connection, run.tenantId(), run.link().userId()))
                .chain(number -> merge.remove(connection, new Change(run, account, number), ids, reason)
                        .map(removed -> new Changes(number, List.of(), List.of(), removed)))
                .chain(changes -> aftermath.of(connection, run, account, changes));
    }

    private Uni<Tally> write(LeasedRun run, LedgerAccount account, SourcePage page, Booking booking) {
        Tally rest = new Tally(
                0, 0, 0, page.rows().size() - booking.size(), page.setAside().size());
        if (booking.isEmpty() && page.setAside().isEmpty()) {
            return Uni.createFrom().item(rest);
        }
        return ledger.ofTenant(run.tenantId(), connection -> Uni.combine()
                        .all()
                        .unis(
                                AccountSources.hold(connection, run, account),
                                setAside.keep(connection, run, account.id(), page.setAside()),
                                setAside.landed(connection, run, account.id(), booking.landed()),
                                number(connection, run, booking))
                        .with((held, kept, landed, number) -> number)
                        .chain(number -> rows(connection, new Change(run, account, number), booking)))
                .map(rest::plus)
                .invoke(aftermath::wake);
    }

    private Uni<Long> number(SqlConnection connection, LeasedRun run, Booking booking) {
        return booking.size() == 0
                ? Uni.createFrom().item(0L)
                : feed.next(connection, run.tenantId(), run.link().userId());
    }

    /** What will follow from the rows is known before they are written, unless the write finds itself overtaken. */
    private Uni<Tally> rows(SqlConnection connection, Change change, Booking booking) {
        List<UUID> ids = TransactionMerge.newIds(booking.additions().size());
        Changes changes = new Changes(
                change.number(),
                ids,
                booking.corrections().stream().map(Correction::id).toList(),
                List.of());
        return Uni.combine()
                .all()
                .unis(
                        merge.correct(connection, change, booking.corrections()),
                        merge.add(connection, change, ids, booking.additions()),
                        aftermath.of(connection, change.run(), change.account(), changes))
                .with((corrected, added, tally) -> tally);
    }
}
