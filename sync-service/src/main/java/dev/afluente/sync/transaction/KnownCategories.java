package dev.afluente.sync.transaction;

import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Map;
import java.util.Set;

/** The categories a person may put a transaction into: the provider's and their own. Found by CDI. */
public interface KnownCategories {
    /** Returns the names of those of {@code ids} that this caller knows, by id; somebody else's are unknown. */
    Uni<Map<String, String>> names(SqlConnection connection, Caller caller, Set<String> ids);

    /** Tells whether the caller knows a category. */
    default Uni<Boolean> known(SqlConnection connection, Caller caller, String id) {
        return names(connection, caller, Set.of(id)).map(names -> names.containsKey(id));
    }
}
