package dev.afluente.sync.account;

import dev.afluente.sync.source.SourceAccount;
import java.time.Instant;
import java.util.UUID;

/**
 * An account of the ledger together with how far it has been read.
 *
 * @param atSource the account as the provider just described it
 * @param watermark the provider's instant up to which every row has been read; null before the first complete read
 * @param readAt when the last complete read of everything new began; null before it
 * @param fullReadAt when the last read of everything began; null before it
 * @param isSmall whether the ledger shows at most {@value #SMALL} rows of it
 */
public record LedgerAccount(
        UUID id, SourceAccount atSource, Instant watermark, Instant readAt, Instant fullReadAt, boolean isSmall) {
    /** Ten pages: reading them all after a collection costs little more than reading what changed. */
    static final int SMALL = 5_000;
}
