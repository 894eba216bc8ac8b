package dev.afluente.sandbox.collected;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What has happened to an account's rows since they were first collected. Immutable: a reader that holds one sees one
 * moment, whatever happens meanwhile. Costs memory only for rows that were touched.
 *
 * @param generation enters every transaction id; raising it re-issues them all
 * @param collectedAt when the statement's own rows were collected under their present ids
 * @param nextSlot the slot of the next row to come
 * @param revision how often the rows were touched; what a bank does next is drawn from it
 */
public record Overlay(
        int generation,
        Instant collectedAt,
        long nextSlot,
        long revision,
        Removed removed,
        Map<Long, Change> changes,
        List<Later> later) {

    public static Overlay none(Instant collectedAt) {
        return new Overlay(0, collectedAt, Later.FIRST_SLOT, 0, Removed.NONE, Map.of(), List.of());
    }

    public Overlay plus(List<Later> rows) {
        var all = new ArrayList<>(later);
        all.addAll(rows);
        all.sort(Later.ORDER);
        long next =
                Math.max(nextSlot, rows.stream().mapToLong(Later::slot).max().orElse(0) + 1);
        return new Overlay(generation, collectedAt, next, revision + 1, removed, changes, List.copyOf(all));
    }

    public Overlay minus(List<Long> slots) {
        var gone = new HashSet<>(slots);
        List<Later> left =
                later.stream().filter(row -> !gone.contains(row.slot())).toList();
        return new Overlay(generation, collectedAt, nextSlot, revision + 1, removed.plus(slots), changes, left);
    }

    public Overlay changed(Map<Long, Change> more) {
        var all = new HashMap<>(changes);
        more.forEach((slot, change) -> all.merge(slot, change, Change::then));
        return new Overlay(generation, collectedAt, nextSlot, revision + 1, removed, Map.copyOf(all), later);
    }

    /** All rows deleted and created again under new ids. */
    public Overlay reissued(Instant now) {
        List<Later> again = later.stream().map(row -> row.createdAt(now)).toList();
        return new Overlay(
                (generation + 1) % TransactionIds.MAX_GENERATIONS,
                now,
                nextSlot,
                revision + 1,
                removed,
                changes,
                again);
    }
}
