package dev.afluente.sandbox.statement;

import dev.afluente.sandbox.brazil.Person;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * All that is needed to write an account's statement again: equal books give equal rows, before and after a restart.
 *
 * @param key what the content is drawn from; the same bank account under another item has the same key
 * @param rows how many rows a {@link Kind#LONG} statement has; the other kinds have as many as a household makes
 * @param anchor the bank's "today" in São Paulo when the account was first collected; the rows cover the year before it
 * @param accountId enters the ids of the card's bills, which are new under a new item
 */
public record Book(
        long key, Kind kind, int rows, boolean openFinance, LocalDate anchor, Person holder, String accountId) {

    /** São Paulo, which has had no summer time since 2019. */
    public static final ZoneOffset SAO_PAULO = ZoneOffset.ofHours(-3);

    public enum Kind {
        LONG,
        HOUSEHOLD,
        SAVINGS,
        CARD
    }

    /** The instant at which a day begins in São Paulo. */
    public static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(SAO_PAULO);
    }
}
