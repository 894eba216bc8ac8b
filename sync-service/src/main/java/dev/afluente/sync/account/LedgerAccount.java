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
 * @param reader which of the account's sources reads it
 * @param fresh whether the ledger had no row of it when the run began
 * @param isSmall whether the ledger shows at most {@value #SMALL} rows of it
 */
public record LedgerAccount(
        UUID id,
        SourceAccount atSource,
        Instant watermark,
        Instant readAt,
        Instant fullReadAt,
        Reader reader,
        boolean fresh,
        boolean isSmall) {
    /** Ten pages: reading them all after a collection costs little more than reading what changed. */
    static final int SMALL = 5_000;

    /**
     * A source of the account, among those it ever had.
     *
     * @param generation its number; its provider's ids mean nothing to another
     * @param isOnly whether there never was another
     * @param isNewest false when it reads again after a newer one was removed
     * @param asOf up to when the provider had collected what the ledger shows, whichever source read it; null when
     *     none said
     */
    public record Reader(int generation, boolean isOnly, boolean isNewest, Instant asOf) {
        /** The first, and nobody has said anything yet. */
        public static final Reader FIRST = new Reader(1, true, true, null);
    }

    /** Which of the account's sources reads it. */
    public int generation() {
        return reader.generation();
    }

    /**
     * Tells whether the source, which has not been read since it came back, has nothing to tell that the ledger does not
     * know better from a newer one.
     *
     * @param collected up to when its provider has collected; null when it does not say
     */
    public boolean isBehind(Instant collected) {
        return !reader.isNewest()
                && readAt == null
                && collected != null
                && reader.asOf() != null
                && collected.isBefore(reader.asOf());
    }
}
