package dev.afluente.sync.source.category;

import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourceFailure;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A provider's own tree of categories. Found by CDI, as every {@link Source} is; a provider without a tree has none. */
public interface CategorySource {
    /** The key of the {@link Source} whose transactions carry these categories. */
    String provider();

    /**
     * Returns the whole tree, parents and children in any order, each id once. Fails with {@link SourceFailure} and
     * nothing else.
     */
    Uni<List<ProviderCategory>> categories();

    /**
     * One category.
     *
     * @param parentId null at the top
     * @param portuguese its name in Brazilian Portuguese
     */
    record ProviderCategory(String id, String parentId, String portuguese, String english) {}
}
