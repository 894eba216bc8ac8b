package dev.afluente.sync.product;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Tally;
import io.smallrye.mutiny.Uni;

/**
 * Something an account has besides transactions, such as a card's bills. Found by CDI; read after the account's
 * transactions are in for good, so that its failure costs them nothing and is a result of its own.
 */
public interface AccountProduct {
    /** How it is named in the run's results, e.g. {@code BILLS}. */
    String name();

    /** Tells whether this account has it. */
    boolean concerns(LeasedRun run, LedgerAccount account);

    /**
     * Reads it whole; may be repeated, writes nothing that did not change, and only under the run's lease ({@code
     * Runs.count}). Fails with a {@link dev.afluente.sync.source.SourceFailure} when the provider does not give it.
     */
    Uni<Tally> read(LeasedRun run, LedgerAccount account);
}
