package dev.afluente.sync.transaction;

import dev.afluente.model.http.Caller;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The provider's categories as far as the person's own transactions show them. */
@DefaultBean
@ApplicationScoped
class SeenCategories implements KnownCategories {
    private static final String SEEN = """
            SELECT DISTINCT provider_category_id, provider_category FROM transaction
            WHERE tenant_id = $1 AND user_id = $2 AND provider_category_id = ANY($3)""";

    @Override
    public Uni<Map<String, String>> names(SqlConnection connection, Caller caller, Set<String> ids) {
        return connection
                .preparedQuery(SEEN)
                .execute(Tuple.of(caller.tenant(), caller.user(), ids.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, String> names = new HashMap<>();
                    rows.forEach(row -> names.put(row.getString(0), row.getString(1)));
                    return names;
                });
    }
}
