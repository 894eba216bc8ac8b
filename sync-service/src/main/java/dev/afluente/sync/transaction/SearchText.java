package dev.afluente.sync.transaction;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as it is searched: without accents, in lower case, with single spaces. "PÃO DE AÇÚCAR" is found by "acucar". */
public final class SearchText {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private SearchText() {}

    /** Returns several texts as one, those that are null left out; null when all are. */
    public static String of(String one, String other) {
        if (one == null || other == null) {
            String only = one == null ? other : one;
            return only == null ? null : of(only);
        }
        return of(one + " " + other);
    }

    /** Returns a text as it is searched. */
    public static String of(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return SPACES.matcher(bare.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
