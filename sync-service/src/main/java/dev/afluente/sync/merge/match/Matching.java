package dev.afluente.sync.merge.match;

import dev.afluente.sync.merge.look.Candidate;
import dev.afluente.sync.merge.look.Look;
import dev.afluente.sync.merge.look.Look.Stranger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides which unknown rows of a page are rows of the ledger. Only certain pairs are made: a row that is still there
 * under its own id is nobody else, and among equals the n-th is the n-th, never more than there are. Pure.
 */
final class Matching {
    /** Who stays when there are more of the ledger's rows than of the provider's: what is shown, then what went last. */
    private static final Comparator<Candidate> FIRST_TO_KEEP = Comparator.comparing(
                    (Candidate candidate) -> candidate.removedAt() != null)
            .thenComparing(Candidate::ofThisSource)
            .thenComparing(Candidate::removedAt, Comparator.nullsFirst(Comparator.reverseOrder()))
            .thenComparing(Candidate::id);

    /** A row of the page, by its place, found to be a row of the ledger. */
    record Match(int row, Candidate candidate) {}

    private final Look look;
    private final Set<String> gone;
    private final Map<Integer, Candidate> byRow = new HashMap<>();
    private final Set<UUID> taken = new HashSet<>();

    private Matching(Look look, Set<String> gone) {
        this.look = look;
        this.gone = gone;
    }

    /** @param gone ids that the provider, asked by name, no longer has */
    static List<Match> of(Look look, Set<String> gone) {
        Matching matching = new Matching(look, gone);
        matching.groups().forEach(matching::pair);
        matching.postLater();
        return matching.byRow.entrySet().stream()
                .map(pair -> new Match(pair.getKey(), pair.getValue()))
                .sorted(Comparator.comparing(Match::row))
                .toList();
    }

    private boolean free(Candidate candidate) {
        return !taken.contains(candidate.id()) && (!candidate.mustBeAsked() || gone.contains(candidate.providerId()));
    }

    /** Rows of the page that could each be any of the same rows of the ledger. */
    private record Group(List<Stranger> strangers, Map<UUID, Candidate> candidates) {}

    private Collection<Group> groups() {
        Map<Integer, Map<UUID, Candidate>> exact = new HashMap<>();
        for (Candidate candidate : look.candidates()) {
            if (candidate.exact()) {
                exact.computeIfAbsent(candidate.row(), row -> new LinkedHashMap<>())
                        .put(candidate.id(), candidate);
            }
        }
        Map<Set<UUID>, Group> groups = new LinkedHashMap<>();
        for (Stranger stranger : look.strangers()) {
            Map<UUID, Candidate> candidates = exact.get(stranger.row());
            if (candidates != null) {
                groups.computeIfAbsent(candidates.keySet(), ids -> new Group(new ArrayList<>(), candidates))
                        .strangers()
                        .add(stranger);
            }
        }
        return groups.values();
    }

    /** Whoever says exactly the same first, then whoever was at the same moment, then whoever is left. */
    private void pair(Group group) {
        pair(group, Stranger::content, Candidate::content);
        pair(group, Stranger::date, Candidate::date);
        pair(group, stranger -> "", candidate -> "");
    }

    private <K> void pair(Group group, Function<Stranger, K> ofStranger, Function<Candidate, K> ofCandidate) {
        Map<K, List<Stranger>> open = group.strangers().stream()
                .filter(stranger -> !byRow.containsKey(stranger.row()))
                .collect(Collectors.groupingBy(ofStranger, LinkedHashMap::new, Collectors.toList()));
        Map<K, List<Candidate>> there =
                group.candidates().values().stream().filter(this::free).collect(Collectors.groupingBy(ofCandidate));
        open.forEach((key, strangers) -> inOrder(strangers, there.getOrDefault(key, List.of())));
    }

    private void inOrder(List<Stranger> strangers, List<Candidate> candidates) {
        List<Candidate> kept = candidates.stream()
                .sorted(FIRST_TO_KEEP)
                .limit(strangers.size())
                .sorted(Comparator.comparing(Candidate::date).reversed().thenComparing(Candidate::id))
                .toList();
        for (int i = 0; i < kept.size(); i++) {
            take(strangers.get(i).row(), kept.get(i));
        }
    }

    private void take(int row, Candidate candidate) {
        byRow.put(row, candidate);
        taken.add(candidate.id());
    }

    /** A pending row that was booked on another day: only where one row could be one row, seen from both sides. */
    private void postLater() {
        Map<Integer, List<Candidate>> ofRow = new HashMap<>();
        Map<UUID, Integer> times = new HashMap<>();
        for (Candidate candidate : look.candidates()) {
            if (!candidate.exact() && !byRow.containsKey(candidate.row()) && free(candidate)) {
                ofRow.computeIfAbsent(candidate.row(), row -> new ArrayList<>()).add(candidate);
                times.merge(candidate.id(), 1, Integer::sum);
            }
        }
        ofRow.forEach((row, candidates) -> {
            Candidate only = candidates.get(0);
            if (candidates.size() == 1 && times.get(only.id()) == 1) {
                take(row, only);
            }
        });
    }

    /** Rows of the page that resemble one that is still there under its own id: a twin, or a row read too late. */
    static Set<Integer> doubtful(Look look, Set<String> gone, List<Match> matches) {
        Set<Integer> matched = matches.stream().map(Match::row).collect(Collectors.toSet());
        return look.candidates().stream()
                .filter(candidate -> candidate.exact() && candidate.mustBeAsked())
                .filter(candidate -> !gone.contains(candidate.providerId()))
                .map(Candidate::row)
                .filter(row -> !matched.contains(row))
                .collect(Collectors.toSet());
    }
}
