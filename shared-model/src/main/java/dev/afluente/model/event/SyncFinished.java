package dev.afluente.model.event;

import java.time.Instant;
import java.util.UUID;

/**
 * A sync run came to its end.
 *
 * @param status {@code SUCCEEDED}, {@code PARTIAL}, {@code FAILED} or {@code NEEDS_USER}
 * @param trigger what asked for the run, e.g. {@code WEBHOOK}
 * @param reason a stable code that says why it is not {@code SUCCEEDED}; null when it is
 */
public record SyncFinished(
        String tenantId,
        UUID connectionId,
        UUID runId,
        String trigger,
        String status,
        String reason,
        Instant startedAt,
        Instant finishedAt,
        Counts counts)
        implements BankingEvent {

    /** Rows of the ledger by what the run did with them. */
    public record Counts(long imported, long updated, long removed, long unchanged, long setAside) {}
}
