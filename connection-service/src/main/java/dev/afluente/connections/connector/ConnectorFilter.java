package dev.afluente.connections.connector;

import dev.afluente.connections.provider.Bank;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which banks to show; a null member lets every bank through.
 *
 * @param type compared without regard to case
 * @param name part of the name, without regard to case and accents: {@code itau} finds Itaú
 */
record ConnectorFilter(String type, String name, Boolean openFinance) {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    boolean lets(Bank bank) {
        return (type == null || type.equalsIgnoreCase(bank.type()))
                && (name == null || plain(bank.name()).contains(plain(name)))
                && (openFinance == null || openFinance == bank.openFinance());
    }

    private static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
