package dev.afluente.sync.worker;

import dev.afluente.sync.account.AccountMerge;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.plan.SyncPlan;
import dev.afluente.sync.product.Products;
import dev.afluente.sync.run.Backoff;
import dev.afluente.sync.run.Endings;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.LostLeaseException;
import dev.afluente.sync.run.Outcome;
import dev.afluente.sync.run.RunAccounts;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.Change;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.Sources;
import dev.afluente.sync.source.account.SourceAccounts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * One attempt at a run: is there something to read, which accounts, what of each; then account after account, so that
 * one that fails costs the others nothing; then the ending. Fails only when not even the ending could be written, and
 * then the lease runs out and somebody tries again.
 */
@ApplicationScoped
public class RunExecution {
    private static final Logger LOG = Logger.getLogger(RunExecution.class);

    private final Sources sources;
    private final AccountMerge accounts;
    private final AccountSync accountSync;
    private final Products products;
    private final Inbox inbox;
    private final Endings endings;
    private final RunAccounts progress;
    private final Ledger ledger;

    @Inject
    public RunExecution(
            Sources sources,
            AccountMerge accounts,
            AccountSync accountSync,
            Products products,
            Inbox inbox,
            Endings endings,
            RunAccounts progress,
            Ledger ledger) {
        this.sources = sources;
        this.accounts = accounts;
        this.accountSync = accountSync;
        this.products = products;
        this.inbox = inbox;
        this.endings = endings;
        this.progress = progress;
        this.ledger = ledger;
    }

    /** Works on a run and ends it or puts it back. */
    public Uni<Void> execute(LeasedRun run) {
        return Uni.createFrom()
                .deferred(() -> attempt(run))
                .onFailure(failure -> !(failure instanceof LostLeaseException))
                .recoverWithItem(failure -> unexpected(run, failure))
                .chain(outcome -> end(run, outcome));
    }

    private Uni<Outcome> attempt(LeasedRun run) {
        if (run.removed()) {
            return Uni.createFrom().item(new Outcome.Finished("FAILED", "connection_removed"));
        }
        if (Backoff.isBeyond(run.attempt())) {
            return Uni.createFrom().item(new Outcome.Finished("FAILED", "workers_lost"));
        }
        Source source = source(run);
        return source.readiness(run.link().linkId())
                .chain(readiness -> readiness instanceof Readiness.Ready ready
                        ? read(run, source, ready)
                        : Uni.createFrom().item(Backoff.whileCollecting(run.attempt())));
    }

    private Uni<Outcome> read(LeasedRun run, Source source, Readiness.Ready ready) {
        return asked(run).chain(asked -> source.accounts(run.link().linkId())
                .chain(found -> accounts.merge(run, found.readable())
                        .call(merged -> expect(run, merged.here(), found))
                        .chain(merged -> each(
                                        run,
                                        source,
                                        merged.here(),
                                        plan(run, source, asked),
                                        new AccountSync.Read(asked.began(), ready))
                                .call(results -> elsewhere(run, merged.elsewhere(), results)))
                        .map(results -> Verdict.of(
                                run, ready, results, found.unreadable().size()))));
    }

    private Uni<Void> expect(LeasedRun run, List<LedgerAccount> known, SourceAccounts found) {
        if (!found.unreadable().isEmpty()) {
            LOG.warnf(
                    "Run %s: %d of its accounts are unreadable",
                    run.id(), found.unreadable().size());
        }
        return progress.expect(
                run, known.stream().map(LedgerAccount::id).toList(), found.unreadable(), SourceAccounts.REASON);
    }

    private Uni<List<AccountResult>> each(
            LeasedRun run, Source source, List<LedgerAccount> known, SyncPlan plan, AccountSync.Read read) {
        List<AccountResult> results = new ArrayList<>();
        return Multi.createFrom()
                .iterable(known)
                .onItem()
                .transformToUniAndConcatenate(account -> accountSync
                        .sync(run, source, account, plan.of(account, read.ready()), read)
                        .chain(result -> result.failure() == null
                                ? products.read(run, account).map(result::lacking)
                                : Uni.createFrom().item(result))
                        .invoke(results::add))
                .collect()
                .last()
                .replaceWith(results);
    }

    private Uni<Void> elsewhere(LeasedRun run, List<UUID> accounts, List<AccountResult> results) {
        return Multi.createFrom()
                .iterable(accounts)
                .onItem()
                .transformToUniAndConcatenate(account ->
                        accountSync.elsewhere(run, account, Tally.NOTHING).invoke(results::add))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** What the run's events say, and the moment before which everything it reads was there. */
    private record Asked(List<Inbox.Received> told, Instant began) {}

    private Uni<Asked> asked(LeasedRun run) {
        return ledger.ofTenant(run.tenantId(), connection -> now(connection)
                .chain(began ->
                        inbox.ofRun(connection, run.tenantId(), run.id()).map(told -> new Asked(told, began))));
    }

    private static SyncPlan plan(LeasedRun run, Source source, Asked asked) {
        List<SyncPlan.Told> told = new ArrayList<>(interpreted(source, asked.told()));
        if (run.isForWhatWasMissed()) {
            told.add(new SyncPlan.Told(new Change.Missed(), asked.began()));
        }
        if (run.wasAskedFor()) {
            // Whoever asks wants everything new, whatever notifications have come meanwhile.
            told.add(new SyncPlan.Told(new Change.Anything(), asked.began()));
        }
        return new SyncPlan(told, asked.began());
    }

    /** The database's clock: instances need not agree on the time. */
    private static Uni<Instant> now(SqlConnection connection) {
        return connection.query("SELECT now()").execute().map(rows -> rows.iterator()
                .next()
                .getOffsetDateTime(0)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toInstant());
    }

    private Uni<Void> end(LeasedRun run, Outcome outcome) {
        return outcome instanceof Outcome.Finished finished
                ? touched(run, finished).chain(accounts -> endings.finish(run, finished, accounts))
                : endings.postpone(run, (Outcome.Postponed) outcome);
    }

    /** Returns the accounts of which a run's events named rows, where it may have left them unread. */
    private Uni<Set<String>> touched(LeasedRun run, Outcome.Finished outcome) {
        if (outcome.status().equals("SUCCEEDED") || run.removed()) {
            return Uni.createFrom().item(Set.of());
        }
        return ledger.ofTenant(run.tenantId(), connection -> inbox.ofRun(connection, run.tenantId(), run.id()))
                .map(told -> touched(source(run), told))
                .onFailure(SourceFailure.class)
                // A provider this version does not know: nobody here can tell what it said.
                .recoverWithItem(Set.of());
    }

    private static List<SyncPlan.Told> interpreted(Source source, List<Inbox.Received> told) {
        return told.stream()
                .map(each -> new SyncPlan.Told(
                        source.interpret(each.kind(), each.data().getBytes()), each.at()))
                .toList();
    }

    private static Set<String> touched(Source source, List<Inbox.Received> told) {
        return interpreted(source, told).stream()
                .map(SyncPlan.Told::change)
                .filter(Change.Touched.class::isInstance)
                .map(change -> ((Change.Touched) change).account())
                .collect(Collectors.toSet());
    }

    private Source source(LeasedRun run) {
        return sources.of(
                run.link().provider(), run.tenantId() + "/" + run.link().userId());
    }

    private static Outcome unexpected(LeasedRun run, Throwable failure) {
        if (failure instanceof SourceFailure known) {
            return Verdict.of(run, known);
        }
        LOG.warnf(
                "Run %s, attempt %d: %s",
                run.id(), run.attempt(), failure.getClass().getName());
        return Backoff.afterFailure(run.attempt(), "internal_error");
    }
}
