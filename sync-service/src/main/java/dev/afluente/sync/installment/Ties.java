package dev.afluente.sync.installment;

import com.github.f4b6a3.uuid.UuidCreator;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Ties the parts of a purchase together: the same day of purchase, number of parts and text, amounts that differ by no
 * more than rounding, and no part twice. Only what is certain is tied; a row that fits two purchases is left alone, and
 * a tie once made stays as long as the row fits. Pure.
 */
final class Ties {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private final Map<UUID, UUID> ties = new HashMap<>();
    private final Set<UUID> claimed = new HashSet<>();

    private record Key(LocalDate bought, int total, String text) {}

    private Ties() {}

    /** Returns the rows whose tie changes, each with its purchase; null for one that is tied no more. */
    static Map<UUID, UUID> changes(List<Part> parts) {
        Ties ties = new Ties();
        parts.stream()
                .filter(part -> part.bought() != null && part.amount().signum() < 0)
                .filter(part -> part.numbering().isSound())
                .collect(Collectors.groupingBy(Ties::key))
                .values()
                .stream()
                .flatMap(alike -> byAmount(alike).stream())
                // A purchase keeps its id where most of it is.
                .sorted(Comparator.comparingInt(Ties::tied).reversed())
                .forEach(ties::tie);
        Map<UUID, UUID> changes = new LinkedHashMap<>();
        for (Part part : parts) {
            UUID tie = ties.ties.get(part.row());
            if (!Objects.equals(tie, part.purchase())) {
                changes.put(part.row(), tie);
            }
        }
        return changes;
    }

    private static int tied(List<Part> parts) {
        return (int) parts.stream().filter(part -> part.purchase() != null).count();
    }

    private static Key key(Part part) {
        return new Key(part.bought(), part.numbering().total(), PurchaseText.of(part.text(), part.numbering()));
    }

    /** Separates purchases of the same day at the same shop by what they cost. Parts that fit several are in none. */
    private static List<List<Part>> byAmount(List<Part> alike) {
        Map<BigDecimal, List<Part>> stated = new TreeMap<>();
        List<Part> unstated = new ArrayList<>();
        for (Part part : alike) {
            if (part.whole() == null) {
                unstated.add(part);
            } else {
                stated.computeIfAbsent(part.whole(), whole -> new ArrayList<>()).add(part);
            }
        }
        List<Part> strange = new ArrayList<>();
        for (Part part : unstated) {
            List<List<Part>> fitting = stated.values().stream()
                    .filter(purchase -> isNear(part, purchase.get(0)))
                    .toList();
            if (fitting.isEmpty()) {
                strange.add(part);
            } else if (fitting.size() == 1) {
                fitting.get(0).add(part);
            }
        }
        List<List<Part>> purchases = new ArrayList<>(stated.values());
        purchases.addAll(clusters(strange));
        return purchases;
    }

    private static List<List<Part>> clusters(List<Part> parts) {
        List<List<Part>> clusters = new ArrayList<>();
        List<Part> sorted =
                parts.stream().sorted(Comparator.comparing(Part::amount)).toList();
        for (Part part : sorted) {
            List<Part> last = clusters.isEmpty() ? null : clusters.get(clusters.size() - 1);
            if (last != null && isNear(part, last.get(0))) {
                last.add(part);
            } else {
                clusters.add(new ArrayList<>(List.of(part)));
            }
        }
        return clusters;
    }

    /** Splitting an amount into n parts leaves at most n cents, which as a rule go to the first part. */
    private static boolean isNear(Part one, Part other) {
        BigDecimal rounding = CENT.multiply(BigDecimal.valueOf(one.numbering().total()));
        return one.amount().subtract(other.amount()).abs().compareTo(rounding) <= 0;
    }

    /** One purchase's parts: those tied before stay so, the others join them unless a number would be there twice. */
    private void tie(List<Part> parts) {
        Set<UUID> before = new HashSet<>();
        Set<Integer> taken = new HashSet<>();
        List<Part> loose = new ArrayList<>();
        for (Part part : parts) {
            if (part.purchase() == null || claimed.contains(part.purchase())) {
                loose.add(part);
            } else {
                before.add(part.purchase());
                taken.add(part.numbering().number());
                ties.put(part.row(), part.purchase());
            }
        }
        claimed.addAll(before);
        Map<Integer, Long> times = loose.stream()
                .collect(Collectors.groupingBy(part -> part.numbering().number(), Collectors.counting()));
        boolean twice = times.values().stream().anyMatch(count -> count > 1);
        if (before.size() > 1 || (before.isEmpty() && twice)) {
            return;
        }
        UUID purchase = before.isEmpty()
                ? UuidCreator.getTimeOrderedEpoch()
                : before.iterator().next();
        loose.stream()
                .filter(part -> times.get(part.numbering().number()) == 1)
                .filter(part -> !taken.contains(part.numbering().number()))
                .forEach(part -> ties.put(part.row(), purchase));
    }
}
