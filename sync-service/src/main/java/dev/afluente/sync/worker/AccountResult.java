package dev.afluente.sync.worker;

import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.SourceFailure;
import java.util.UUID;

/**
 * What came of one account.
 *
 * @param failure why it could not be read to the end; null when it was
 */
record AccountResult(UUID account, Tally tally, SourceFailure failure) {}
