package dev.afluente.sync.category;

import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.transaction.SearchText;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * All categories a person can use, and what may be done to them: at most {@value #MAX_OWN} of their own, at most {@value
 * #MAX_LEVELS} levels, no two siblings of one name, nothing below itself. Pure; the caller sees to it that the person's
 * categories do not change meanwhile.
 */
final class CategoryTree {
    static final int MAX_OWN = 300;
    static final int MAX_LEVELS = 5;

    private final Map<String, CategoryView> byId = new HashMap<>();

    CategoryTree(Collection<CategoryView> categories) {
        categories.forEach(each -> byId.put(each.id(), each));
    }

    boolean knows(String id) {
        return byId.containsKey(id);
    }

    /** Returns the person's own category; refuses what is none with {@code category_not_found}. */
    CategoryView own(String id) {
        CategoryView found = byId.get(id);
        if (found == null || !found.belongsToPerson()) {
            throw ProblemCode.CATEGORY_NOT_FOUND.problem();
        }
        return found;
    }

    boolean hasChildren(String id) {
        return byId.values().stream().anyMatch(each -> id.equals(each.parentId()));
    }

    /** Refuses one more category, or one too many. */
    void requireRoom() {
        if (byId.values().stream().filter(CategoryView::belongsToPerson).count() >= MAX_OWN) {
            throw ProblemCode.CONFLICT.because("A person has at most " + MAX_OWN + " categories of their own.");
        }
    }

    /** Refuses a category that could not stand where it says, new or moved. */
    void requirePlace(CategoryView placed) {
        if (placed.parentId() != null && !knows(placed.parentId())) {
            throw ProblemCode.CATEGORY_NOT_FOUND.because("There is no such parent.");
        }
        if (isBelow(placed.parentId(), placed.id())) {
            throw ProblemCode.CONFLICT.because("A category cannot stand below itself.");
        }
        if (levelOf(placed.parentId()) + height(placed.id(), 1) > MAX_LEVELS) {
            throw ProblemCode.CONFLICT.because("Categories have at most " + MAX_LEVELS + " levels.");
        }
        String name = SearchText.of(placed.name());
        boolean taken = byId.values().stream()
                .filter(each -> !each.id().equals(placed.id()) && Objects.equals(each.parentId(), placed.parentId()))
                .anyMatch(each -> SearchText.of(each.name()).equals(name));
        if (taken) {
            throw ProblemCode.CONFLICT.because("There is a category of this name at this place.");
        }
    }

    /** Tells whether {@code id} is {@code ancestor} or stands somewhere below it. */
    private boolean isBelow(String id, String ancestor) {
        Set<String> passed = new HashSet<>();
        for (String at = id; at != null && passed.add(at); at = parentOf(at)) {
            if (at.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    private int levelOf(String id) {
        Set<String> passed = new HashSet<>();
        for (String at = id; at != null && passed.add(at); at = parentOf(at)) {
            // A provider that names a parent of its own below itself must not hold us here.
        }
        return passed.size();
    }

    private int height(String id, int level) {
        return level >= MAX_LEVELS + 1
                ? level
                : byId.values().stream()
                        .filter(each -> Objects.equals(each.parentId(), id))
                        .mapToInt(child -> height(child.id(), level + 1))
                        .max()
                        .orElse(level);
    }

    private String parentOf(String id) {
        CategoryView found = byId.get(id);
        return found == null ? null : found.parentId();
    }
}
