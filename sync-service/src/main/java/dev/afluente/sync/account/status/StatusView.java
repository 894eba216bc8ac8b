package dev.afluente.sync.account.status;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How fresh an account is, and what to do about it.
 *
 * @param stale whether any product is
 * @param advice what {@code nextStep} means, in words
 * @param underWay the sync that waits or runs now; null when there is none
 */
@Schema(name = "AccountStatus")
public record StatusView(
        UUID accountId,
        UUID connectionId,
        boolean stale,

        @Schema(enumeration = {"NOTHING", "WAIT", "SYNC", "SYNC_AGAIN", "ASK_PERSON", "CONNECT_AGAIN"})
        String nextStep,

        String advice,
        @Schema(nullable = true) UnderWay underWay,
        List<Product> products) {

    /** A sync that has not ended. */
    @Schema(name = "SyncUnderWay")
    public record UnderWay(UUID id, String status) {}

    /**
     * One kind of data.
     *
     * @param product BALANCE, TRANSACTIONS, or BILLS of a card whose provider tells of bills
     * @param lastReadAt when it was last taken in completely; null before the first time
     * @param watermark the provider's own instant up to which everything is in; null where the provider does not say
     * @param stale whether that, or the collection the provider's data is of, is longer ago than two automatic syncs
     * @param lastRun the last sync that ended, of bills the last that came to them; null before the first
     */
    @Schema(name = "ProductFreshness")
    public record Product(
            @Schema(enumeration = {"BALANCE", "TRANSACTIONS", "BILLS"})
            String product,

            @Schema(nullable = true) Instant lastReadAt,
            @Schema(nullable = true) Instant watermark,
            boolean stale,
            @Schema(nullable = true) LastRun lastRun) {}

    /**
     * How the last sync ended for this account.
     *
     * @param reason why it did not succeed, or what is to be said though it did; null when nothing is
     * @param meaning the reason in words
     */
    @Schema(name = "LastSync")
    public record LastRun(
            UUID id,
            String status,
            @Schema(nullable = true) String reason,
            @Schema(nullable = true) String meaning,
            Instant finishedAt) {}
}
