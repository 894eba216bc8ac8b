package dev.afluente.sync.source.bill;

import dev.afluente.sync.source.SourcePage.SetAside;
import java.util.List;

/**
 * A card's bills.
 *
 * @param bills no provider id twice
 * @param setAside bills that could not be read; they cost the others nothing
 */
public record SourceBills(List<SourceBill> bills, List<SetAside> setAside) {}
