package dev.afluente.connections.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** SQL that writes, for what no entity says as well. In the caller's transaction. */
public final class Statements {
    private Statements() {}

    /** Returns how many rows were written. */
    public static Uni<Integer> write(String sql, Map<String, Object> parameters) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(sql);
            parameters.forEach(query::setParameter);
            return query.executeUpdate();
        });
    }
}
