package dev.afluente.sync.account.aside;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.sync.account.Accounts;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What was set aside of a person's accounts: never what the rows hold, which nobody has understood. */
@ApplicationScoped
class Asides {
    private static final String ROWS =
            "SELECT " + AsideView.COLUMNS + " FROM set_aside s WHERE s.tenant_id = $1 AND s.account_id = $2";

    private final Ledger ledger;

    @Inject
    Asides(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A page, latest first; null when the caller has no such account. */
    Uni<Page<AsideView>> of(Caller caller, UUID account, int limit, Cursor after) {
        StringBuilder sql = new StringBuilder(ROWS);
        Tuple values = Tuple.of(caller.tenant(), account);
        if (after != null) {
            int at = values.addOffsetDateTime(after.at().atOffset(ZoneOffset.UTC))
                    .size();
            int id = values.addUUID(after.id()).size();
            sql.append(" AND (s.received_at, s.id) < ($" + at + ", $" + id + ")");
        }
        sql.append(" ORDER BY s.received_at DESC, s.id DESC LIMIT $")
                .append(values.addInteger(limit + 1).size());
        return ledger.ofTenant(
                caller.tenant(),
                database -> Accounts.ofOwn(database, caller, account, () -> database.preparedQuery(sql.toString())
                        .execute(values)
                        .map(rows -> page(rows, account, limit))));
    }

    private static Page<AsideView> page(RowSet<Row> rows, UUID account, int limit) {
        List<AsideView> views = new ArrayList<>(rows.size());
        rows.forEach(row -> views.add(AsideView.of(row)));
        return Page.of(views, limit, last -> new Cursor(last.setAsideAt(), last.id()).encode(account.toString()));
    }
}
