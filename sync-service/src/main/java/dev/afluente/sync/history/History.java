package dev.afluente.sync.history;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.history.RunView.AccountRunView;
import dev.afluente.sync.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The runs a user may see: those of their own connections, newest first. */
@ApplicationScoped
public class History {
    private static final String OWN =
            "SELECT " + RunView.COLUMNS + " FROM sync_run WHERE tenant_id = $1 AND user_id = $2";

    private static final String ACCOUNTS = """
            SELECT account_id, product, status, reason, imported, updated, removed, unchanged, set_aside
            FROM sync_run_account WHERE tenant_id = $1 AND run_id = $2 ORDER BY account_id, product DESC""";

    private static final String WATCHED = "SELECT tenant_id, " + RunView.COLUMNS
            + " FROM sync_run WHERE (tenant_id, id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))";

    private static final String WATCHED_ACCOUNTS = """
            SELECT tenant_id, run_id, account_id, product, status, reason, imported, updated, removed, unchanged, set_aside
            FROM sync_run_account WHERE (tenant_id, run_id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))
            ORDER BY account_id, product DESC""";

    private final Ledger ledger;

    /** A run, whose id is its tenant's. */
    public record Key(String tenant, UUID run) {}

    @Inject
    public History(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param connection null shows the runs of all connections */
    Uni<Page<RunView>> list(Caller caller, UUID connection, int limit, Cursor after) {
        StringBuilder sql = new StringBuilder(OWN);
        Tuple values = Tuple.of(caller.tenant(), caller.user());
        if (connection != null) {
            sql.append(" AND connection_id = $")
                    .append(values.addUUID(connection).size());
        }
        if (after != null) {
            sql.append(" AND id < $").append(values.addUUID(after.id()).size());
        }
        sql.append(" ORDER BY id DESC LIMIT $")
                .append(values.addInteger(limit + 1).size());
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(sql.toString())
                        .execute(values))
                .map(rows -> {
                    List<RunView> runs = new ArrayList<>(rows.size());
                    rows.forEach(row -> runs.add(RunView.of(row)));
                    return Page.of(runs, limit, last -> Cursor.ofId(last.id()).encode(String.valueOf(connection)));
                });
    }

    /** Returns one run with its accounts; null when the user has none of that id. */
    public Uni<RunView> one(Caller caller, UUID id) {
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(OWN + " AND id = $3")
                .execute(Tuple.of(caller.tenant(), caller.user(), id))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().nullItem()
                        : accounts(database, caller, id)
                                .map(RunView.of(rows.iterator().next())::with)));
    }

    private Uni<List<AccountRunView>> accounts(SqlConnection database, Caller caller, UUID run) {
        return database.preparedQuery(ACCOUNTS)
                .execute(Tuple.of(caller.tenant(), run))
                .map(rows -> {
                    List<AccountRunView> accounts = new ArrayList<>();
                    rows.forEach(row -> accounts.add(AccountRunView.of(row)));
                    return accounts;
                });
    }

    /**
     * Returns these runs with their accounts, in one look for all tenants: whoever asks has found out before whose they
     * are ({@link #one}).
     */
    public Uni<Map<Key, RunView>> all(Collection<Key> keys) {
        Tuple values = Tuple.of(
                keys.stream().map(Key::tenant).toArray(String[]::new),
                keys.stream().map(Key::run).toArray(UUID[]::new));
        return ledger.ofAll(
                database -> database.preparedQuery(WATCHED).execute(values).chain(runs -> database.preparedQuery(
                                WATCHED_ACCOUNTS)
                        .execute(values)
                        .map(accounts -> assemble(runs, accounts))));
    }

    private static Map<Key, RunView> assemble(Iterable<Row> runs, Iterable<Row> accounts) {
        Map<Key, List<AccountRunView>> perAccount = new HashMap<>();
        for (Row row : accounts) {
            perAccount
                    .computeIfAbsent(
                            new Key(row.getString("tenant_id"), row.getUUID("run_id")), key -> new ArrayList<>())
                    .add(AccountRunView.of(row));
        }
        Map<Key, RunView> views = new HashMap<>();
        for (Row row : runs) {
            Key key = new Key(row.getString("tenant_id"), row.getUUID("id"));
            views.put(key, RunView.of(row).with(perAccount.getOrDefault(key, List.of())));
        }
        return views;
    }
}
