package dev.afluente.sync.account;

import dev.afluente.sync.source.account.SourceAccount;
import java.time.Instant;
import java.util.UUID;

/**
 * An account of the ledger together with how far it has been read.
 *
 * @param atSource the account as the provider just described it
 * @param watermark the provider's instant up to which every row has been read; null before the first complete read
 * @param readAt when the last complete read of everything new began; null before it
 * @param fullReadAt when the last read of everything began; null before it
 * @param generation which of the account's sources this is; its provider's ids mean nothing to another
 * @param fresh whether the ledger had no row of it when the run began
 * @param isSmall whether the ledger shows at most {@value #SMALL} rows of it
 */
public record LedgerAccount(
        UUID id,
        SourceAccount atSource,
        Instant watermark,
        Instant readAt,
        Instant fullReadAt,
        int generation,
        boolean fresh,
        boolean isSmall) {
    /** Ten pages: reading them all after a collection costs little more than reading what changed. */
    static final int SMALL = 5_000;
}
