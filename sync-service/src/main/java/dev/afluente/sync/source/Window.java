package dev.afluente.sync.source;

import java.time.Instant;
import java.time.LocalDate;

/** Which of an account's transactions to read. */
public sealed interface Window {
    /** Everything the provider has. */
    record Everything() implements Window {}

    /** Rows the provider took in at or after an instant, whatever their date. */
    record TakenInSince(Instant instant) implements Window {}

    /** Rows dated on or after a day. */
    record DatedSince(LocalDate day) implements Window {}
}
