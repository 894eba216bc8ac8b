package dev.afluente.sync.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is told of an account that says which one it is. What is personal is hashed with the service's key.
 *
 * @param identity all of it as one, as the ledger kept it before its parts; null when a part is not told
 * @param printed branch, number, kind and currency; of a card brand, last digits and currency; null when one is not told
 * @param holder null when not told, or not told in full
 * @param bankCode COMPE code or ISPB; null when not told, and for cards
 * @param issuer the institution's name, folded; empty when not told
 */
public record Marks(String identity, String printed, String holder, String bankCode, String issuer) {
    private static final Pattern NOISE = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Returns letters and digits alone, in capitals; empty for null. */
    static String bare(String text) {
        return text == null ? "" : NOISE.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
    }
}
