package dev.afluente.sync.identity;

import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccount.Printed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an account is recognised by, whoever reads it: a keyed hash of holder, bank, branch, number, kind and currency; of
 * a card its brand, last four digits and issuer, and the holder where told. Null when too little is told to be certain.
 */
@ApplicationScoped
public class AccountIdentity {
    private static final Pattern NOISE = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=.)");
    private static final int LAST_DIGITS = 4;
    private static final String SEPARATOR = "\n";

    private final IdentityKey key;

    @Inject
    public AccountIdentity(IdentityKey key) {
        this.key = key;
    }

    /** @param issuer the bank's name as its connection has it */
    public String of(SourceAccount account, String issuer) {
        List<String> parts = account.isCard() ? card(account, issuer) : bank(account);
        return parts.stream().anyMatch(String::isEmpty)
                ? null
                : Base64.getUrlEncoder().withoutPadding().encodeToString(key.hash(String.join(SEPARATOR, parts)));
    }

    private static List<String> bank(SourceAccount account) {
        Printed printed = account.printed();
        return List.of(
                "account",
                bare(printed.holder()),
                bare(printed.bank()),
                number(printed.branch()),
                number(printed.number()),
                "kind " + bare(account.subtype()),
                bare(account.currency()));
    }

    private static List<String> card(SourceAccount account, String issuer) {
        String digits = bare(account.number());
        return List.of(
                "card",
                "holder " + bare(account.printed().holder()),
                bare(issuer),
                bare(account.credit() == null ? null : account.credit().brand()),
                digits.length() < LAST_DIGITS ? "" : digits.substring(digits.length() - LAST_DIGITS),
                bare(account.currency()));
    }

    /** Banks and providers write zeros in front or not. */
    private static String number(String text) {
        return LEADING_ZEROS.matcher(bare(text)).replaceFirst("");
    }

    private static String bare(String text) {
        return text == null ? "" : NOISE.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
