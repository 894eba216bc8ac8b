package dev.afluente.sync.source.bill;

import dev.afluente.sync.source.account.SourceAccount;
import io.smallrye.mutiny.Uni;

/**
 * A provider's card bills. Beside {@link dev.afluente.sync.source.Source}, because not every provider has them; found by
 * CDI under its {@link #provider} key. Fails with {@link dev.afluente.sync.source.SourceFailure} and nothing else.
 */
public interface BillSource {
    /** The key under which connection-service names this provider, e.g. {@code pluggy}. */
    String provider();

    /** Returns every bill of a card that the provider tells of, in no order: as a rule those that have closed. */
    Uni<SourceBills> bills(SourceAccount card);
}
