package dev.afluente.sync.source.account;

import java.util.List;

/**
 * The accounts of a link.
 *
 * @param readable no provider id twice
 * @param unreadable provider ids of those that came in a form nobody can read; empty text where not even the id could be
 */
public record SourceAccounts(List<SourceAccount> readable, List<String> unreadable) {
    /** Why an account is {@link #unreadable}. */
    public static final String REASON = "account_unreadable";
}
