package dev.afluente.connections.provider.pluggy.refusal;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes a provider's texts safe to store and show: no control characters, a bounded length, no odd links. */
public final class PluggyTexts {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern HEX_COLOR = Pattern.compile("#?([0-9a-fA-F]{6})");
    private static final Pattern WORD_BREAK = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final int MAX_LINK = 2_000;

    private PluggyTexts() {}

    /** Returns the text cut to {@code max} characters; null when there is nothing to show. */
    public static String clean(String text, int max) {
        if (text == null) {
            return null;
        }
        String clean = CONTROL.matcher(text).replaceAll(" ").strip();
        if (clean.isEmpty()) {
            return null;
        }
        return clean.length() <= max ? clean : clean.substring(0, max);
    }

    /** Returns an {@code http} or {@code https} address; null for anything else. */
    public static String link(String address) {
        boolean web = address != null && (address.startsWith("https://") || address.startsWith("http://"));
        return web && address.length() <= MAX_LINK ? clean(address, MAX_LINK) : null;
    }

    /** Pluggy writes colours as hexadecimal digits without the sign CSS wants. */
    public static String color(String hex) {
        var match = HEX_COLOR.matcher(hex == null ? "" : hex);
        return match.matches() ? "#" + match.group(1).toUpperCase(Locale.ROOT) : null;
    }

    /**
     * One spelling for a product wherever Pluggy names it: {@code creditCards} and {@code CREDIT_CARDS} are one; so are
     * the two spellings of investment transactions (the OpenAPI document and the SDKs differ).
     */
    public static String product(String name) {
        String word = clean(name, 60);
        if (word == null) {
            return null;
        }
        String upper = WORD_BREAK.matcher(word).replaceAll("_").toUpperCase(Locale.ROOT);
        return upper.equals("INVESTMENT_TRANSACTIONS") ? "INVESTMENTS_TRANSACTIONS" : upper;
    }

    /** Returns the last moment that is told; null when none is. */
    public static Instant latest(Instant... moments) {
        Instant latest = null;
        for (Instant moment : moments) {
            if (moment != null && (latest == null || moment.isAfter(latest))) {
                latest = moment;
            }
        }
        return latest;
    }
}
