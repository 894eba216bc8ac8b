package dev.afluente.sync.worker;

import dev.afluente.sync.account.AccountMerge;
import dev.afluente.sync.account.AccountSources;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.account.MovedAwayException;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.plan.AccountPlan;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.LostLeaseException;
import dev.afluente.sync.run.RunAccounts;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.Window;
import dev.afluente.sync.worker.read.Reconciliation;
import dev.afluente.sync.worker.read.SeenIds;
import dev.afluente.sync.worker.read.WindowSync;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Brings one account up to date: reads its windows, compares those by date with the ledger, asks for the rows that were
 * named, and only then moves the watermark. A provider's failure is this account's result, not the run's; what fails
 * afterwards, when the rows are in, is left to the next sync.
 */
@ApplicationScoped
public class AccountSync {
    private static final Logger LOG = Logger.getLogger(AccountSync.class);

    private final WindowSync windows;
    private final Reconciliation reconciliation;
    private final AccountMerge accounts;
    private final RunAccounts results;
    private final Ledger ledger;
    private final List<AccountStep> steps;

    /** The read this account is part of: when it began by the database's clock, and what the provider had then. */
    record Read(Instant began, Readiness.Ready ready) {}

    @Inject
    public AccountSync(
            WindowSync windows,
            Reconciliation reconciliation,
            AccountMerge accounts,
            RunAccounts results,
            Ledger ledger,
            @All List<AccountStep> steps) {
        this.windows = windows;
        this.reconciliation = reconciliation;
        this.accounts = accounts;
        this.results = results;
        this.ledger = ledger;
        this.steps = steps;
    }

    Uni<AccountResult> sync(LeasedRun run, Source source, LedgerAccount account, AccountPlan plan, Read read) {
        AtomicReference<Tally> total = new AtomicReference<>(Tally.NOTHING);
        return results.begin(run, account.id())
                .chain(() -> Multi.createFrom()
                        .iterable(plan.windows())
                        .onItem()
                        .transformToUniAndConcatenate(window -> window(run, source, account, window, read, total))
                        .collect()
                        .last())
                .chain(() -> reconciliation.byName(run, source, account, plan.named()))
                .invoke(tally -> total.updateAndGet(tally::plus))
                .chain(() -> further(run, account, plan))
                .chain(concluded -> done(run, account, plan, read, total.get(), concluded))
                .onFailure(SourceFailure.class)
                .recoverWithUni(failure -> failed(run, account, total.get(), failure))
                .onFailure(MovedAwayException.class)
                .recoverWithUni(() -> elsewhere(run, account.id(), total.get()));
    }

    /** Tells that another connection reads the account, and this run therefore does not. */
    Uni<AccountResult> elsewhere(LeasedRun run, UUID account, Tally tally) {
        return ledger.ofTenant(
                        run.tenantId(),
                        connection ->
                                results.end(connection, run, account, tally, RunAccounts.READ_BY_NEWER_CONNECTION))
                .replaceWith(new AccountResult(account, tally, null));
    }

    private Uni<Tally> window(
            LeasedRun run,
            Source source,
            LedgerAccount account,
            Window window,
            Read read,
            AtomicReference<Tally> total) {
        SeenIds seen = new SeenIds();
        return windows.read(run, source, account, window, seen)
                .invoke(tally -> total.updateAndGet(tally::plus))
                .chain(tally -> window instanceof Window.TakenInSince
                        ? Uni.createFrom().item(Tally.NOTHING)
                        : reconciliation.missing(run, source, account, window, seen))
                .invoke(tally -> total.updateAndGet(tally::plus))
                .chain(tally -> window instanceof Window.Everything
                        ? reconciliation.leftBehind(run, account, read.ready(), seen)
                        : Uni.createFrom().item(Tally.NOTHING))
                .invoke(tally -> total.updateAndGet(tally::plus));
    }

    /** Tells whether every step came to its end. */
    private Uni<Boolean> further(LeasedRun run, LedgerAccount account, AccountPlan plan) {
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToUniAndConcatenate(step -> further(run, account, plan, step))
                .collect()
                .asList()
                .map(ended -> !ended.contains(false));
    }

    /** The rows are in: what may follow from them is worth neither the watermark nor the accounts that come after. */
    private static Uni<Boolean> further(LeasedRun run, LedgerAccount account, AccountPlan plan, AccountStep step) {
        return Uni.createFrom()
                .deferred(() -> step.after(run, account))
                .chain(() -> plan.complete()
                        ? step.afterCompleteRead(run, account)
                        : Uni.createFrom().voidItem())
                .replaceWith(true)
                .onFailure(
                        failure -> !(failure instanceof LostLeaseException) && !(failure instanceof MovedAwayException))
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "Run %s, account %s: %s is left to the next sync: %s",
                            run.id(), account.id(), step.name(), reason(failure));
                    return false;
                });
    }

    /** Kinds of failures and PostgreSQL's code: their texts may hold what a row says. */
    private static String reason(Throwable failure) {
        String kind = failure instanceof PgException refused
                ? "SQLSTATE " + refused.getSqlState()
                : failure.getClass().getName();
        return failure.getCause() == null ? kind : kind + ", " + reason(failure.getCause());
    }

    /** What the bank refused is not of the collection that is read: the watermark stays where it was. */
    private Uni<AccountResult> done(
            LeasedRun run, LedgerAccount account, AccountPlan plan, Read read, Tally tally, boolean concluded) {
        boolean refused = read.ready().refused().concerns(account.atSource());
        String reason = refused ? RunAccounts.REFUSED_BY_BANK : remark(tally, concluded);
        return ledger.ofTenant(run.tenantId(), connection -> AccountSources.hold(connection, run, account)
                        .chain(() -> results.end(connection, run, account.id(), tally, reason))
                        .chain(() -> plan.complete()
                                ? accounts.markRead(
                                        connection,
                                        run,
                                        account.id(),
                                        refused
                                                ? account.watermark()
                                                : read.ready().asOf(),
                                        read.began(),
                                        plan.everything())
                                : Uni.createFrom().voidItem()))
                .replaceWith(new AccountResult(account.id(), tally, null));
    }

    /** What is to be said of an account that was read well. */
    private static String remark(Tally tally, boolean concluded) {
        if (tally.setAside() > 0) {
            return RunAccounts.ROWS_SET_ASIDE;
        }
        return concluded ? null : RunAccounts.CONCLUSIONS_DELAYED;
    }

    private Uni<AccountResult> failed(LeasedRun run, LedgerAccount account, Tally tally, SourceFailure failure) {
        return ledger.ofTenant(
                        run.tenantId(),
                        connection -> results.end(connection, run, account.id(), tally, failure.reason()))
                .replaceWith(new AccountResult(account.id(), tally, failure));
    }
}
