package dev.afluente.sync.category;

import dev.afluente.model.http.Caller;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.http.Language;
import dev.afluente.sync.transaction.KnownCategories;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The categories a person can use: the providers' and their own. */
@ApplicationScoped
public class Categories implements KnownCategories {
    private static final String ALL = """
            SELECT id, name, parent_id, colour, source FROM (
                SELECT id, CASE WHEN $3 THEN name_en ELSE name_pt END AS name, parent_id, NULL AS colour,
                    'provider' AS source, listed
                FROM provider_category
                UNION ALL
                SELECT id::text, name, parent_id, colour, 'user', true
                FROM category WHERE tenant_id = $1 AND user_id = $2) c
            WHERE listed OR NOT $4 ORDER BY source, CASE source WHEN 'provider' THEN id END, name, id""";

    private static final String NAMES = """
            SELECT id, name_pt FROM provider_category WHERE id = ANY($3)
            UNION ALL
            SELECT id::text, name FROM category WHERE tenant_id = $1 AND user_id = $2 AND id::text = ANY($3)""";

    private final Ledger ledger;

    @Inject
    public Categories(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Lists what can be chosen; providers' categories first. */
    Uni<List<CategoryView>> list(Caller caller, Language language) {
        return ledger.ofTenant(caller.tenant(), connection -> all(connection, caller, language, true));
    }

    /** Returns everything there is, in Portuguese, also what a provider lists no longer. */
    Uni<CategoryTree> tree(SqlConnection connection, Caller caller) {
        return all(connection, caller, Language.PORTUGUESE, false).map(CategoryTree::new);
    }

    /** Names a provider's categories in Portuguese. */
    @Override
    public Uni<Map<String, String>> names(SqlConnection connection, Caller caller, Set<String> ids) {
        return connection
                .preparedQuery(NAMES)
                .execute(Tuple.of(caller.tenant(), caller.user(), ids.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, String> names = new HashMap<>();
                    rows.forEach(row -> names.put(row.getString(0), row.getString(1)));
                    return names;
                });
    }

    private static Uni<List<CategoryView>> all(
            SqlConnection connection, Caller caller, Language language, boolean listedOnly) {
        return connection
                .preparedQuery(ALL)
                .execute(Tuple.of(caller.tenant(), caller.user(), language == Language.ENGLISH, listedOnly))
                .map(rows -> {
                    List<CategoryView> views = new ArrayList<>(rows.size());
                    rows.forEach(row -> views.add(new CategoryView(
                            row.getString("id"),
                            row.getString("name"),
                            row.getString("parent_id"),
                            row.getString("colour"),
                            row.getString("source"))));
                    return views;
                });
    }
}
