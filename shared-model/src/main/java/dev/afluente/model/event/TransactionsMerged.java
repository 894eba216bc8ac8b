package dev.afluente.model.event;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.UUID;

/**
 * Rows of one account changed. Written in the transaction that changed them, at most one per merged page, and not at
 * all when a page changed nothing. Carries ids only: personal data stays in the ledger.
 *
 * @param runId the sync run that changed them; null when no run did
 * @param added absent in JSON means none, as for the other two
 */
public record TransactionsMerged(
        String tenantId,
        UUID connectionId,
        UUID accountId,
        UUID runId,
        List<UUID> added,
        List<UUID> modified,
        List<UUID> removed)
        implements BankingEvent {
    public TransactionsMerged {
        requireNonNull(tenantId, "tenantId");
        requireNonNull(connectionId, "connectionId");
        requireNonNull(accountId, "accountId");
        added = added == null ? List.of() : List.copyOf(added);
        modified = modified == null ? List.of() : List.copyOf(modified);
        removed = removed == null ? List.of() : List.copyOf(removed);
    }
}
