package dev.afluente.sync.identity;

import static dev.afluente.sync.identity.Marks.bare;

import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccount.Printed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an account is recognised by, whoever reads it, in keyed hashes: branch, number, kind and currency, of a card its
 * brand, last four digits and currency; who holds it and which bank it is at, where told. {@link Recognition} compares.
 */
@ApplicationScoped
public class AccountIdentity {
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=.)");
    private static final int LAST_DIGITS = 4;
    private static final String SEPARATOR = "\n";

    /** A CPF or a CNPJ; what is masked or cut is nobody's. */
    private static final Set<Integer> DOCUMENT_LENGTHS = Set.of(11, 14);

    /** No bank has this code; providers write it where they know none. */
    private static final String NO_BANK = "000";

    private final IdentityKey key;

    @Inject
    public AccountIdentity(IdentityKey key) {
        this.key = key;
    }

    /** @param issuer the bank's name as its connection has it */
    public Marks of(SourceAccount account, String issuer) {
        String holder = bare(account.printed().holder());
        String code = account.isCard() ? null : account.printed().bankCode();
        return new Marks(
                hash(account.isCard() ? wholeCard(account, issuer) : wholeAccount(account)),
                hash(account.isCard() ? card(account) : bank(account)),
                DOCUMENT_LENGTHS.contains(holder.length()) ? hash(List.of("holder", holder)) : null,
                NO_BANK.equals(code) ? null : code,
                bare(issuer));
    }

    /** Null when a part is empty: too little is no mark. */
    private String hash(List<String> parts) {
        return parts.stream().anyMatch(String::isEmpty)
                ? null
                : Base64.getUrlEncoder().withoutPadding().encodeToString(key.hash(String.join(SEPARATOR, parts)));
    }

    private static List<String> bank(SourceAccount account) {
        Printed printed = account.printed();
        return List.of(
                "printed on an account",
                number(printed.branch()),
                number(printed.number()),
                "kind " + bare(account.subtype()),
                bare(account.currency()));
    }

    private static List<String> card(SourceAccount account) {
        return List.of(
                "printed on a card",
                bare(account.credit() == null ? null : account.credit().brand()),
                lastDigits(account),
                bare(account.currency()));
    }

    /** Everything as one, in the form that ledgers hold; it must never change. */
    private static List<String> wholeAccount(SourceAccount account) {
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

    private static List<String> wholeCard(SourceAccount account, String issuer) {
        return List.of(
                "card",
                "holder " + bare(account.printed().holder()),
                bare(issuer),
                bare(account.credit() == null ? null : account.credit().brand()),
                lastDigits(account),
                bare(account.currency()));
    }

    private static String lastDigits(SourceAccount card) {
        String digits = bare(card.number());
        return digits.length() < LAST_DIGITS ? "" : digits.substring(digits.length() - LAST_DIGITS);
    }

    /** Banks and providers write zeros in front or not. */
    private static String number(String text) {
        return LEADING_ZEROS.matcher(bare(text)).replaceFirst("");
    }
}
