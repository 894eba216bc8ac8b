package dev.afluente.sync.bill.card;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A bill as the ledger has it.
 *
 * @param providerId null while the provider has not told of it
 */
record KnownBill(UUID id, String providerId, LocalDate closes, LocalDate due) {
    boolean isTold() {
        return providerId != null;
    }
}
