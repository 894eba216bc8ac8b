package dev.afluente.sync.worker;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.run.LeasedRun;
import io.smallrye.mutiny.Uni;

/**
 * Something more to do for an account once its transactions have been read to the end, e.g. to read its bills. Found by
 * CDI, in no order; each runs outside of any transaction, may be repeated, and writes only what it holds the run's lease
 * for ({@code Runs.count}).
 */
public interface AccountStep {
    /** Fails with a {@link dev.afluente.sync.source.SourceFailure}, which becomes the account's result, or not at all. */
    Uni<Void> after(LeasedRun run, LedgerAccount account);

    /**
     * Called behind {@link #after} when the read took in everything new: the rows are as recent as the account's balance.
     * Fails as {@link #after}.
     */
    default Uni<Void> afterCompleteRead(LeasedRun run, LedgerAccount account) {
        return Uni.createFrom().voidItem();
    }
}
