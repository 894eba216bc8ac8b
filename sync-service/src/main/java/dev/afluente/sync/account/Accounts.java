package dev.afluente.sync.account;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The accounts and cards a user may see: their own, oldest first. */
@ApplicationScoped
public class Accounts {
    private static final String OWN =
            "SELECT " + AccountView.COLUMNS + " FROM account WHERE tenant_id = $1 AND user_id = $2";

    private static final String IS_OWN = "SELECT FROM account WHERE tenant_id = $1 AND user_id = $2 AND id = $3";

    private static final String RENAME = """
            UPDATE account SET alias = $4, updated_at = now()
            WHERE tenant_id = $1 AND user_id = $2 AND id = $3 AND alias IS DISTINCT FROM $4""";

    private final Ledger ledger;

    @Inject
    public Accounts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param connection null shows the accounts of all connections */
    Uni<Page<AccountView>> list(Caller caller, UUID connection, int limit, Cursor after) {
        StringBuilder sql = new StringBuilder(OWN);
        Tuple values = Tuple.of(caller.tenant(), caller.user());
        if (connection != null) {
            sql.append(" AND connection_id = $")
                    .append(values.addUUID(connection).size());
        }
        if (after != null) {
            sql.append(" AND id > $").append(values.addUUID(after.id()).size());
        }
        sql.append(" ORDER BY id LIMIT $").append(values.addInteger(limit + 1).size());
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(sql.toString())
                        .execute(values))
                .map(rows -> {
                    List<AccountView> views = new ArrayList<>(rows.size());
                    rows.forEach(row -> views.add(AccountView.of(row)));
                    return Page.of(views, limit, last -> Cursor.ofId(last.id()).encode(String.valueOf(connection)));
                });
    }

    /** Returns every account of the user, oldest first. */
    public Uni<List<AccountView>> all(Caller caller) {
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(OWN + " ORDER BY id")
                        .execute(Tuple.of(caller.tenant(), caller.user())))
                .map(rows -> {
                    List<AccountView> views = new ArrayList<>(rows.size());
                    rows.forEach(row -> views.add(AccountView.of(row)));
                    return views;
                });
    }

    /** Returns what is found for one account; null, and nothing is looked for, when the user has none of that id. */
    public static <T> Uni<T> ofOwn(SqlConnection database, Caller caller, UUID id, Supplier<Uni<T>> found) {
        return database.preparedQuery(IS_OWN)
                .execute(Tuple.of(caller.tenant(), caller.user(), id))
                .chain(rows -> rows.size() == 0 ? Uni.createFrom().nullItem() : found.get());
    }

    /** Returns one account; null when the user has none of that id. */
    public Uni<AccountView> one(Caller caller, UUID id) {
        return ledger.ofTenant(caller.tenant(), database -> one(database, caller, id));
    }

    /**
     * Gives an account a name, in a column no sync touches, and returns it; null when the user has none of that id. The
     * name it has already is not written again.
     *
     * @param alias null takes the name away
     */
    Uni<AccountView> rename(Caller caller, UUID id, String alias) {
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(RENAME)
                .execute(Tuple.of(caller.tenant(), caller.user(), id, alias))
                .chain(() -> one(database, caller, id)));
    }

    private static Uni<AccountView> one(SqlConnection database, Caller caller, UUID id) {
        return database.preparedQuery(OWN + " AND id = $3")
                .execute(Tuple.of(caller.tenant(), caller.user(), id))
                .map(rows ->
                        rows.size() == 0 ? null : AccountView.of(rows.iterator().next()));
    }
}
