package dev.afluente.sync.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which accounts of a person an account is that was just told, by what each of their sources told. Branch, number, kind
 * and currency are the same already; the bank has to be, too: by its code where both sides tell one, else by the name of
 * the institution. Who holds it decides only where both sides tell it: at one bank a number is one account. Pure.
 */
public final class Recognition {
    private Recognition() {}

    /**
     * What a source told of an account of the person that has the same printed on it.
     *
     * @param holder hashed; null when not told
     * @param bankCode null when not told
     * @param institution the name of the source's bank; null when not known
     */
    public record Known(UUID account, String holder, String bankCode, String institution) {}

    /** Returns the accounts that it can be; only one is certain. */
    public static Set<UUID> of(Marks told, List<Known> known) {
        return known.stream().collect(Collectors.groupingBy(Known::account)).entrySet().stream()
                .filter(account -> isHeldAlike(told, account.getValue()) && isAtOneBank(told, account.getValue()))
                .map(account -> account.getKey())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isHeldAlike(Marks told, List<Known> sources) {
        return told.holder() == null
                || sources.stream()
                        .allMatch(source ->
                                source.holder() == null || source.holder().equals(told.holder()));
    }

    private static boolean isAtOneBank(Marks told, List<Known> sources) {
        List<String> codes = sources.stream()
                .map(Known::bankCode)
                .filter(code -> code != null
                        && told.bankCode() != null
                        && code.length() == told.bankCode().length())
                .toList();
        return codes.isEmpty()
                ? !told.issuer().isEmpty()
                        && sources.stream().anyMatch(source -> Marks.bare(source.institution())
                                .equals(told.issuer()))
                : codes.contains(told.bankCode());
    }
}
