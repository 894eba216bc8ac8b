package dev.afluente.sync.account.aside;

import java.util.Map;

/** What the reason of a row set aside means, in a sentence a product team can show or read aloud. */
final class AsideMeanings {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("missing_id", "The row has no id of its own, or one that cannot be kept."),
            Map.entry("missing_date", "The row does not say of which day it is."),
            Map.entry("absurd_date", "The row's date is before 1900 or after 2200."),
            Map.entry("missing_amount", "The row has no amount."),
            Map.entry("absurd_amount", "The row's amount has more digits than any money has."),
            Map.entry("unknown_currency", "The row is in a currency that does not exist."),
            Map.entry("wrong_type", "The row's id, date, amount or currency is not of its kind."),
            Map.entry("null_row", "The provider sent nothing in the place of a row."),
            Map.entry("unreadable_row", "The row cannot be read, for a reason of its own."));

    private AsideMeanings() {}

    static String of(String reason) {
        return MEANINGS.get(reason);
    }
}
