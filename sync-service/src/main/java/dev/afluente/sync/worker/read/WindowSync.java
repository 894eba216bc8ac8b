package dev.afluente.sync.worker.read;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.merge.PageMerge;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.Window;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads a window page by page: while one page is merged the next is on its way, and no more than those two are ever in
 * memory.
 */
@ApplicationScoped
public class WindowSync {
    private final PageMerge merge;

    @Inject
    public WindowSync(PageMerge merge) {
        this.merge = merge;
    }

    /** Reads and merges a window to its end, and notes every id it brought. */
    public Uni<Tally> read(LeasedRun run, Source source, LedgerAccount account, Window window, SeenIds seen) {
        return Uni.createFrom().deferred(() -> {
            Reading reading = new Reading(run, source, account, window, seen);
            return Multi.createBy()
                    .repeating()
                    .uni(reading::step)
                    .whilst(more -> more)
                    .collect()
                    .last()
                    .map(last -> reading.total);
        });
    }

    /** Where one read stands. */
    private final class Reading {
        private final LeasedRun run;
        private final Source source;
        private final LedgerAccount account;
        private final Window window;
        private final SeenIds seen;
        private final Set<String> cursors = new HashSet<>();
        private Uni<SourcePage> pending;
        private Tally total = Tally.NOTHING;

        Reading(LeasedRun run, Source source, LedgerAccount account, Window window, SeenIds seen) {
            this.run = run;
            this.source = source;
            this.account = account;
            this.window = window;
            this.seen = seen;
            this.pending = fetch(null);
        }

        private Uni<Boolean> step() {
            return pending.chain(page -> {
                page.rows().forEach(row -> seen.add(row.providerId(), row.date()));
                page.setAside().forEach(row -> seen.add(row.key()));
                pending = page.next() == null ? null : ahead(page.next());
                return merge.book(run, source, account, page).map(tally -> {
                    total = total.plus(tally);
                    return pending != null;
                });
            });
        }

        private Uni<SourcePage> fetch(String cursor) {
            return source.page(account.atSource(), window, cursor);
        }

        /** Asks now and remembers the answer, or the failure, until the page before it is merged. */
        private Uni<SourcePage> ahead(String cursor) {
            if (!cursors.add(cursor)) {
                // A cursor that comes back would be read for ever.
                return Uni.createFrom().failure(new SourceFailure.Rejected("cursor_repeats"));
            }
            Uni<SourcePage> answer = fetch(cursor).memoize().indefinitely();
            answer.subscribe().with(page -> {}, failure -> {});
            return answer;
        }
    }
}
