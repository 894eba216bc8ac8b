package dev.afluente.sync.bill.cycle;

import java.time.LocalDate;

/**
 * The span of a bill.
 *
 * @param opens the first day whose rows belong to it; null where the bill before it is not known
 * @param closes the last day; null where the provider does not say
 */
public record Cycle(LocalDate opens, LocalDate closes, LocalDate due) {}
