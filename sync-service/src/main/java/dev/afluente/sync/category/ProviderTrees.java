package dev.afluente.sync.category;

import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.source.category.CategorySource.ProviderCategory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The providers' trees as they are kept. A category that a provider lists no longer stays, because rows carry it; one
 * that did not change is not written. An empty answer changes nothing: no provider drops its whole tree.
 */
@ApplicationScoped
public class ProviderTrees {
    /** How long a provider is left alone after it was asked and has not answered. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration DAY = Duration.ofDays(1);

    private static final String CLAIM = """
            INSERT INTO category_round AS r (provider, due_at) VALUES ($1, now() + $2 * interval '1 second')
            ON CONFLICT (provider) DO UPDATE SET due_at = EXCLUDED.due_at WHERE r.due_at <= now()
            RETURNING provider""";

    private static final String NEXT =
            "UPDATE category_round SET due_at = now() + $2 * interval '1 second' WHERE provider = $1";

    private static final String UPSERT = """
            INSERT INTO provider_category AS c (provider, id, parent_id, name_pt, name_en, listed)
            SELECT $1, i.id, i.parent_id, i.name_pt, i.name_en, true
            FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS i (id, parent_id, name_pt, name_en)
            ON CONFLICT (provider, id) DO UPDATE
            SET parent_id = EXCLUDED.parent_id, name_pt = EXCLUDED.name_pt, name_en = EXCLUDED.name_en, listed = true
            WHERE (c.parent_id, c.name_pt, c.name_en, c.listed)
                IS DISTINCT FROM (EXCLUDED.parent_id, EXCLUDED.name_pt, EXCLUDED.name_en, true)""";

    private static final String RETIRE =
            "UPDATE provider_category SET listed = false WHERE provider = $1 AND listed AND id <> ALL($2)";

    private final Ledger ledger;

    @Inject
    public ProviderTrees(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Tells whether it is time to ask this provider, and that nobody else does for now. */
    Uni<Boolean> claim(String provider) {
        return ledger.ofAll(connection ->
                        connection.preparedQuery(CLAIM).execute(Tuple.of(provider, (int) PATIENCE.toSeconds())))
                .map(rows -> rows.size() == 1);
    }

    /** Stores an answer; the provider's next day comes after {@link #DAY}. */
    Uni<Void> store(String provider, List<ProviderCategory> found) {
        return ledger.ofAll(connection -> connection
                .preparedQuery(NEXT)
                .execute(Tuple.of(provider, (int) DAY.toSeconds()))
                .chain(() -> found.isEmpty() ? Uni.createFrom().voidItem() : write(connection, provider, found)));
    }

    private static Uni<Void> write(SqlConnection connection, String provider, List<ProviderCategory> found) {
        List<ProviderCategory> sorted = found.stream()
                .sorted(Comparator.comparing(ProviderCategory::id))
                .toList();
        String[] ids = column(sorted, ProviderCategory::id);
        Tuple values = Tuple.tuple()
                .addString(provider)
                .addValue(ids)
                .addValue(column(sorted, ProviderCategory::parentId))
                .addValue(column(sorted, ProviderCategory::portuguese))
                .addValue(column(sorted, ProviderCategory::english));
        return connection
                .preparedQuery(UPSERT)
                .execute(values)
                .chain(() -> connection.preparedQuery(RETIRE).execute(Tuple.of(provider, ids)))
                .replaceWithVoid();
    }

    private static String[] column(List<ProviderCategory> rows, Function<ProviderCategory, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
