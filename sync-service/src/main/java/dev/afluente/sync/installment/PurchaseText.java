package dev.afluente.sync.installment;

import java.util.regex.Pattern;

/** A part's description without what tells the part: "LOJA EXEMPLO PARC 03/10" becomes "LOJA EXEMPLO". Pure. */
final class PurchaseText {
    private static final String MARK = "[(\\[-]?\\s*\\b(?:parc(?:ela)?\\.?\\s*)?0*%d\\s*(?:/|de)\\s*0*%d\\b\\s*[)\\]]?";
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private PurchaseText() {}

    /** Takes out the numbering only where it is this very part's, since a shop may be called "Posto 24/7". */
    static String of(String text, Part.Numbering numbering) {
        String bare = Pattern.compile(MARK.formatted(numbering.number(), numbering.total()), Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceAll(" ");
        return SPACES.matcher(bare).replaceAll(" ").strip();
    }
}
