package dev.afluente.sync.worker.read;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.merge.PageMerge;
import dev.afluente.sync.merge.Present;
import dev.afluente.sync.merge.match.Asking;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.Window;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what the provider no longer has. A row is removed only when the provider, asked for it by name, does not
 * return it: a row missing from a read proves nothing, since rows move between pages while they are read.
 */
@ApplicationScoped
public class Reconciliation {
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
    private static final OffsetDateTime BEGINNING = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final Present present;
    private final PageMerge merge;

    @Inject
    public Reconciliation(Present present, PageMerge merge) {
        this.present = present;
        this.merge = merge;
    }

    /** Asks for every row the ledger shows in a window that its read did not bring. */
    public Uni<Tally> missing(LeasedRun run, Source source, LedgerAccount account, Window window, SeenIds seen) {
        return Uni.createFrom().deferred(() -> {
            Sweep sweep = new Sweep(run, source, account, from(window), seen);
            return Multi.createBy()
                    .repeating()
                    .uni(sweep::step)
                    .whilst(more -> more)
                    .collect()
                    .last()
                    .map(last -> sweep.total);
        });
    }

    /**
     * After everything was read: removes what only another source of the account has shown, from the oldest row on that
     * this one shows. Its ids mean nothing here, so it cannot be asked for by name; what is older stays as it is, and all of
     * it does when the provider could not collect everything. A source that came back goes no further than its newest row
     * unless it is known to have been collected after the one that was removed.
     */
    public Uni<Tally> leftBehind(LeasedRun run, LedgerAccount account, Readiness.Ready ready, SeenIds seen) {
        if (account.reader().isOnly() || !ready.complete() || seen.oldest() == null) {
            return Uni.createFrom().item(Tally.NOTHING);
        }
        boolean isLatest = account.reader().isNewest()
                || (ready.asOf() != null && account.reader().asOf() != null);
        OffsetDateTime from = seen.oldest().atOffset(ZoneOffset.UTC);
        OffsetDateTime until = isLatest ? null : seen.newest().atOffset(ZoneOffset.UTC);
        return Multi.createBy()
                .repeating()
                .uni(() -> new String[] {""}, last -> present.ofOthers(run, account, from, until, last[0])
                        .invoke(ids -> {
                            if (!ids.isEmpty()) {
                                last[0] = ids.get(ids.size() - 1);
                            }
                        }))
                .until(List::isEmpty)
                .onItem()
                .<String>disjoint()
                .group()
                .intoLists()
                .of(Source.MAX_IDS)
                .onItem()
                .transformToUniAndConcatenate(ids -> merge.remove(run, account, ids, "not_at_new_source"))
                .collect()
                .in(() -> new Tally[] {Tally.NOTHING}, (sum, tally) -> sum[0] = sum[0].plus(tally))
                .map(sum -> sum[0]);
    }

    /** Asks for the named rows: books those that exist, removes those that do not. */
    public Uni<Tally> byName(LeasedRun run, Source source, LedgerAccount account, List<String> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .group()
                .intoLists()
                .of(Source.MAX_IDS)
                .onItem()
                .transformToUniAndConcatenate(some -> ask(run, source, account, some))
                .collect()
                .in(() -> new Tally[] {Tally.NOTHING}, (sum, tally) -> sum[0] = sum[0].plus(tally))
                .map(sum -> sum[0]);
    }

    private Uni<Tally> ask(LeasedRun run, Source source, LedgerAccount account, List<String> ids) {
        return source.named(account.atSource(), ids).chain(page -> {
            List<String> gone = Asking.notIn(page, ids);
            Uni<Tally> booked = page.rows().isEmpty() && page.setAside().isEmpty()
                    ? Uni.createFrom().item(Tally.NOTHING)
                    : merge.book(run, source, account, page);
            return gone.isEmpty()
                    ? booked
                    : booked.chain(tally ->
                            merge.remove(run, account, gone, "gone_at_provider").map(tally::plus));
        });
    }

    private static OffsetDateTime from(Window window) {
        return window instanceof Window.DatedSince dated
                ? dated.day().plusDays(1).atStartOfDay(SAO_PAULO).toOffsetDateTime()
                : BEGINNING;
    }

    /** Where one comparison stands. */
    private final class Sweep {
        private final LeasedRun run;
        private final Source source;
        private final LedgerAccount account;
        private final OffsetDateTime from;
        private final SeenIds seen;
        private String last = "";
        private Tally total = Tally.NOTHING;

        Sweep(LeasedRun run, Source source, LedgerAccount account, OffsetDateTime from, SeenIds seen) {
            this.run = run;
            this.source = source;
            this.account = account;
            this.from = from;
            this.seen = seen;
        }

        private Uni<Boolean> step() {
            return present.after(run, account, from, last).chain(ids -> {
                List<String> unseen = new ArrayList<>();
                for (String id : ids) {
                    last = id;
                    if (!seen.contains(id)) {
                        unseen.add(id);
                    }
                }
                return byName(run, source, account, unseen).map(tally -> {
                    total = total.plus(tally);
                    return ids.size() == Present.BATCH;
                });
            });
        }
    }
}
