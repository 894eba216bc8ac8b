package dev.afluente.sync.decision;

import java.util.Map;

/** What a decision's reason means, in a sentence a product team can show or read aloud. */
final class Meanings {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("first_read", "The row came with the first read of the account."),
            Map.entry("not_known_before", "The provider showed a row that the ledger did not have."),
            Map.entry("before_the_ledger", "The row was there before reasons were kept."),
            Map.entry("split_by_operator", "An operator said that this is a row of its own."),
            Map.entry("corrected_by_provider", "The provider corrected the row."),
            Map.entry("read_another_way", "The account is read through another connection, which shows the same row."),
            Map.entry("booked", "The pending row has been booked."),
            Map.entry("booked_under_new_id", "The pending row has been booked, and the provider gave it a new id."),
            Map.entry(
                    "booked_on_another_day",
                    "The pending row is gone, and the only row with its amount and text was booked days apart."),
            Map.entry("new_id", "The provider gave the row a new id: the old one is gone, all else is the same."),
            Map.entry("back_under_new_id", "A row that the provider had removed is shown again under a new id."),
            Map.entry("gone_at_provider", "The provider, asked for the row by its id, no longer has it."),
            Map.entry("not_at_new_source", "The connection that reads the account now does not show the row."),
            Map.entry("shown_again", "A row that had been removed is shown by the provider again."),
            Map.entry("undone_by_operator", "An operator took a decision back; syncs leave the row alone since."));

    private Meanings() {}

    static String of(String reason) {
        return MEANINGS.get(reason);
    }
}
