package dev.afluente.model.pluggy.wire;

import java.time.Instant;
import java.util.List;

/**
 * The body of a webhook (composed from Pluggy's SDK types; the OpenAPI document has no webhook payloads). A signal
 * only: whoever acts on it reads the named resource from Pluggy first. Every field but {@code event} may be absent.
 *
 * @param event an open enumeration, e.g. {@code item/updated}
 * @param eventId the same on every repetition of a delivery
 * @param transactionsCreatedAtFrom {@code transactions/created}: rows ingested at or after this instant are new
 * @param transactionIds {@code transactions/updated} and {@code transactions/deleted}
 */
public record PluggyNotification(
        String event,
        String eventId,
        String itemId,
        String accountId,
        Instant transactionsCreatedAtFrom,
        List<String> transactionIds) {}
