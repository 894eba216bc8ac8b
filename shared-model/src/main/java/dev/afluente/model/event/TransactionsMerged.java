package dev.afluente.model.event;

import java.util.List;
import java.util.UUID;

/**
 * Rows of one account changed. Written in the transaction that changed them, at most one per merged page, and not at
 * all when a page changed nothing. Carries ids only: personal data stays in the ledger.
 */
public record TransactionsMerged(
        String tenantId,
        UUID connectionId,
        UUID accountId,
        UUID runId,
        List<UUID> added,
        List<UUID> modified,
        List<UUID> removed)
        implements BankingEvent {}
