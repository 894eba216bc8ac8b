package dev.afluente.sync.identity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides which account of the ledger each account of a provider's answer is: the one that was read under this very id
 * before, else the only one of its person that it can be, else a new one. One source at a time reads an
 * account; the newest link wins, and an older one takes over again when the newer is gone. Pure.
 */
public final class Placement {
    private Placement() {}

    /**
     * An account as a provider told it, and what the ledger knows like it.
     *
     * @param known the account read under this id before; null when there is none
     * @param alike accounts of the same person that it can be
     */
    public record Seen(String providerId, UUID known, Integer generation, Set<UUID> alike) {
        /** The only account it can be; null when there is none, or more. */
        UUID only() {
            return known == null && alike.size() == 1 ? alike.iterator().next() : null;
        }
    }

    /**
     * An account of the ledger and the source that reads it.
     *
     * @param abandoned whether the connection that reads it has been removed
     * @param latest the number of its latest source
     */
    public record Current(UUID id, UUID connection, String providerId, int generation, boolean abandoned, int latest) {}

    /** Where an account of the answer belongs. */
    public sealed interface Place {
        /** The ledger has none like it. */
        record New() implements Place {}

        /** It is this account, which is read by it from now on; {@code arrived} when it is a new source. */
        record Here(UUID id, int generation, boolean arrived) implements Place {}

        /** It is this account, which another source reads. */
        record Elsewhere(UUID id) implements Place {}
    }

    /** Returns a place for each, in their order. */
    public static List<Place> of(UUID connection, List<Seen> answer, Map<UUID, Current> accounts) {
        Set<UUID> claimed = answer.stream().map(Seen::known).collect(Collectors.toCollection(HashSet::new));
        Map<UUID, Long> times = answer.stream()
                .map(Seen::only)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Set<String> told = answer.stream().map(Seen::providerId).collect(Collectors.toSet());
        Function<Seen, Place> place = seen -> {
            if (seen.known() != null) {
                return again(connection, seen, accounts.get(seen.known()), told);
            }
            UUID only = seen.only();
            boolean certain = only != null && times.get(only) == 1 && !claimed.contains(only);
            return certain ? arrived(accounts.get(only)) : new Place.New();
        };
        List<Place> places = new ArrayList<>();
        answer.forEach(seen -> places.add(place.apply(seen)));
        return places;
    }

    private static Place arrived(Current account) {
        return new Place.Here(account.id(), account.latest() + 1, true);
    }

    private static Place again(UUID connection, Seen seen, Current account, Set<String> told) {
        boolean reads =
                account.connection().equals(connection) && account.providerId().equals(seen.providerId());
        boolean vacant = account.abandoned()
                || (account.connection().equals(connection) && !told.contains(account.providerId()));
        return reads || vacant || seen.generation() > account.generation()
                ? new Place.Here(account.id(), seen.generation(), false)
                : new Place.Elsewhere(account.id());
    }
}
