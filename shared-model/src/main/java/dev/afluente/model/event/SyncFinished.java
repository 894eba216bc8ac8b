package dev.afluente.model.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A sync run came to its end.
 *
 * @param status {@code SUCCEEDED}, {@code PARTIAL}, {@code FAILED} or {@code NEEDS_USER}
 * @param trigger what asked for the run, e.g. {@code WEBHOOK}
 * @param reason a stable code that says why it is not {@code SUCCEEDED}; null when it is
 * @param startedAt null when the run ended before it began, e.g. while it waited for the person
 * @param accountIds the accounts of the connection in the ledger; absent in JSON means none are known
 * @param readAsOf the provider's own instant up to which it had collected what the run read; null when the run read
 *     nothing or the provider does not say
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
        Counts counts,
        List<UUID> accountIds,
        Instant readAsOf)
        implements BankingEvent {
    public SyncFinished {
        requireNonNull(tenantId, "tenantId");
        requireNonNull(connectionId, "connectionId");
        requireNonNull(runId, "runId");
        requireNonNull(trigger, "trigger");
        requireNonNull(status, "status");
        requireNonNull(finishedAt, "finishedAt");
        requireNonNull(counts, "counts");
        accountIds = accountIds == null ? List.of() : List.copyOf(accountIds);
    }

    /** Rows of the ledger by what the run did with them. */
    public record Counts(long imported, long updated, long removed, long unchanged, long setAside) {}
}
