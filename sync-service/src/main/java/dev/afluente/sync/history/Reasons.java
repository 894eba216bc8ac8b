package dev.afluente.sync.history;

import java.util.Map;

/** What a run's reason means, in a sentence a product team can show or read aloud. */
public final class Reasons {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry(
                    "account_unreadable",
                    "The provider sent an account in a form that cannot be read; the others were."),
            Map.entry("answer_unreadable", "The provider's answer could not be read; asking again gives the same one."),
            Map.entry("action_required", "The bank wants the user to do something there first."),
            Map.entry("bank_unavailable", "The bank could not be reached, also at the second and third try."),
            Map.entry(
                    "conclusions_delayed",
                    "All rows are in; transfers, instalments or the balance proof follow with the next sync."),
            Map.entry("consent_required", "The user's consent ran out or was taken back: it has to be given anew."),
            Map.entry("link_unknown", "The provider does not know the connection; that is being looked into."),
            Map.entry("mfa_expired", "The bank's question was not answered in time: the sync has to be started again."),
            Map.entry("provider_failed", "The provider failed while it read the bank."),
            Map.entry("provider_timed_out", "The provider did not finish with the bank in time."),
            Map.entry("connection_removed", "The connection was removed before its data was read."),
            Map.entry("cursor_repeats", "The provider sent the same page twice and the read was stopped."),
            Map.entry("endpoint_retired", "The provider has retired an address this version still asks."),
            Map.entry("gone_at_provider", "The connection or account no longer exists at the provider."),
            Map.entry("internal_error", "Something failed on our side; it is tried again."),
            Map.entry("login_required", "The bank refused the login: the user has to enter it again."),
            Map.entry("mfa_required", "The bank waits for a code from the user."),
            Map.entry("provider_access_refused", "The provider refuses this application's keys."),
            Map.entry("provider_collecting", "The provider is still collecting from the bank; reading follows."),
            Map.entry("provider_incomplete", "The bank did not give the provider everything that was asked for."),
            Map.entry("provider_rejected", "The provider refused the request."),
            Map.entry("provider_still_collecting", "The provider did not finish collecting from the bank in time."),
            Map.entry("provider_unavailable", "The provider did not answer; it is tried again."),
            Map.entry("quota_used_up", "The bank's monthly quota is used up; data at the provider is unchanged."),
            Map.entry(
                    "read_by_newer_connection",
                    "A newer connection of the same bank reads this account; it is complete without this one."),
            Map.entry("rate_limited", "The provider asked to wait; the run goes on by itself."),
            Map.entry(
                    "refused_by_bank",
                    "The bank did not give this account's transactions when it was last asked; those shown are older."),
            Map.entry(
                    "rows_set_aside",
                    "Some rows came in a form that cannot be read and were set aside; all others are in."),
            Map.entry("superseded", "A later run answers what this one was asked."),
            Map.entry(
                    "waiting_for_provider", "The provider is reading the bank; its data is read when that has ended."),
            Map.entry("unknown_provider", "This version cannot read this provider."));

    private Reasons() {}

    /** Returns the sentence; null without a reason, or for one this version does not know. */
    public static String meaning(String reason) {
        return reason == null ? null : MEANINGS.get(reason);
    }
}
