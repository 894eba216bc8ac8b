package dev.afluente.connections.words;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.rotation.SealedRows;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The connections whose stored state holds a bank's sealed words, of all tenants, for bringing them under a new key. */
@Singleton
class SealedWords implements SealedRows {
    private static final Pattern SEALED = Pattern.compile("\"sealed\":\"(s1\\.[A-Za-z0-9_.-]+)\"");

    private static final String PAGE = """
            SELECT tenant_id, id, state FROM connections
            WHERE removed_at IS NULL AND state LIKE '%"sealed":"s1.%'
              AND (tenant_id, id) > (:tenant, CAST(:id AS uuid))
            ORDER BY tenant_id, id LIMIT :most""";

    private static final String REPLACE = """
            UPDATE connections SET state = replace(state, :before, :after)
            WHERE tenant_id = :tenant AND id = CAST(:id AS uuid) AND position(:before IN state) > 0""";

    private static final String FIRST_ID = "00000000-0000-0000-0000-000000000000";

    private final Database database;

    SealedWords(Database database) {
        this.database = database;
    }

    /** A position is the id and, after a space, the tenant: no tenant is called nothing, and an id holds no space. */
    @Override
    public Uni<List<Row>> after(String position, int most) {
        String id = position == null ? FIRST_ID : position.substring(0, position.indexOf(' '));
        String tenant = position == null ? "" : position.substring(position.indexOf(' ') + 1);
        return database.ofAllTenants(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(PAGE, Object[].class)
                        .setParameter("tenant", tenant)
                        .setParameter("id", id)
                        .setParameter("most", most)
                        .getResultList())
                .map(rows -> rows.stream().map(SealedWords::row).toList()));
    }

    @Override
    public Uni<Boolean> replace(Row row, String text) {
        return database.ofTenant(row.scope().tenant(), () -> Panache.getSession()
                .chain(session -> session.createNativeQuery(REPLACE)
                        .setParameter("before", row.text())
                        .setParameter("after", text)
                        .setParameter("tenant", row.scope().tenant())
                        .setParameter("id", row.scope().connection().toString())
                        .executeUpdate())
                .map(rows -> rows == 1));
    }

    private static Row row(Object[] columns) {
        String tenant = (String) columns[0];
        UUID id = (UUID) columns[1];
        Matcher sealed = SEALED.matcher((String) columns[2]);
        return new Row(
                id + " " + tenant, new Scope(tenant, id, BankWords.PURPOSE), sealed.find() ? sealed.group(1) : "");
    }
}
