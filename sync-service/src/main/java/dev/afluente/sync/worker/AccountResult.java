package dev.afluente.sync.worker;

import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.SourceFailure;
import java.util.UUID;

/**
 * What came of one account.
 *
 * @param failure why its transactions could not be read to the end; null when they were
 * @param lacks why another of its products could not be read; null when all were
 */
record AccountResult(UUID account, Tally tally, SourceFailure failure, SourceFailure lacks) {
    AccountResult(UUID account, Tally tally, SourceFailure failure) {
        this(account, tally, failure, null);
    }

    AccountResult lacking(SourceFailure product) {
        return new AccountResult(account, tally, failure, product);
    }
}
