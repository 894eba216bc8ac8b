package dev.afluente.sync.worker;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.run.LeasedRun;
import io.smallrye.mutiny.Uni;

/**
 * Something more to do for an account once its transactions have been read to the end, e.g. to look for transfers. Found
 * by CDI, in no order; each runs outside of any transaction, may be repeated, and writes only under the run's lease ({@code
 * Runs.count}) or a hold of its own. One that fails is logged and costs nothing else: not the account's watermark, not the steps and
 * accounts after it. It is called again after the next read of the account and has to find then what it missed.
 */
public interface AccountStep {
    /** How a log line names it. */
    String name();

    /** Called after every read. */
    Uni<Void> after(LeasedRun run, LedgerAccount account);

    /**
     * Called behind {@link #after} when the read took in everything new: the rows are as recent as the account's balance.
     */
    default Uni<Void> afterCompleteRead(LeasedRun run, LedgerAccount account) {
        return Uni.createFrom().voidItem();
    }
}
