package dev.afluente.sync.decision;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The merge ledger, read: by the owner of a row, and by the operators of a tenant. */
@ApplicationScoped
public class Decisions {
    private static final String OWNED =
            "SELECT account_id, first_seq FROM transaction WHERE tenant_id = $1 AND user_id = $2 AND id = $3";

    private static final String OF_ROW = "SELECT * FROM (SELECT " + DecisionView.COLUMNS
            + " FROM decision d WHERE d.tenant_id = $1 AND d.transaction_id = $2 UNION ALL SELECT "
            + DecisionView.COLUMNS
            + " FROM decision d WHERE d.tenant_id = $1 AND d.account_id = $3 AND d.seq = $4 AND d.kind = 'NEW') AS of_row"
            + " WHERE (seq, id) < ($5, $6) ORDER BY seq DESC, id DESC LIMIT $7";

    private static final String ALL = "SELECT " + DecisionView.COLUMNS + " FROM decision d WHERE d.tenant_id = $1";

    private static final UUID LAST = new UUID(-1, -1);

    private final Ledger ledger;

    @Inject
    public Decisions(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Which decisions to show an operator; every member may be null, which filters nothing. */
    record Filter(UUID account, UUID transaction, String kind) {}

    /** Returns what was decided about a row, latest first; null when the caller never had such a row. */
    Uni<Page<DecisionView>> ofRow(Caller caller, UUID transaction, int limit, Cursor after) {
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(OWNED)
                .execute(Tuple.of(caller.tenant(), caller.user(), transaction))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().nullItem()
                        : ofRow(database, caller, transaction, rows.iterator().next(), limit, after)));
    }

    private static Uni<Page<DecisionView>> ofRow(
            SqlConnection database, Caller caller, UUID transaction, Row row, int limit, Cursor after) {
        Tuple values = Tuple.of(caller.tenant(), transaction, row.getUUID("account_id"), row.getLong("first_seq"))
                .addLong(after == null ? Long.MAX_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, after.at()))
                .addUUID(after == null ? LAST : after.id())
                .addInteger(limit + 1);
        return database.preparedQuery(OF_ROW).execute(values).map(rows -> {
            Map<UUID, Long> places = new HashMap<>();
            rows.forEach(each -> places.put(each.getUUID("id"), each.getLong("seq")));
            return Page.of(views(rows), limit, last -> new Cursor(
                            Instant.EPOCH.plus(places.get(last.id()), ChronoUnit.MICROS), last.id())
                    .encode(transaction.toString()));
        });
    }

    /** Lists a tenant's decisions, latest first. */
    Uni<Page<DecisionView>> list(Caller operator, Filter filter, int limit, Cursor after) {
        StringBuilder sql = new StringBuilder(ALL);
        Tuple values = Tuple.of(operator.tenant());
        if (filter.account() != null) {
            sql.append(" AND d.account_id = $")
                    .append(values.addUUID(filter.account()).size());
        }
        if (filter.transaction() != null) {
            sql.append(" AND d.transaction_id = $")
                    .append(values.addUUID(filter.transaction()).size());
        }
        if (filter.kind() != null) {
            sql.append(" AND d.kind = $").append(values.addString(filter.kind()).size());
        }
        if (after != null) {
            sql.append(" AND d.id < $").append(values.addUUID(after.id()).size());
        }
        sql.append(" ORDER BY d.id DESC LIMIT $")
                .append(values.addInteger(limit + 1).size());
        return ledger.ofTenant(operator.tenant(), database -> database.preparedQuery(sql.toString())
                        .execute(values))
                .map(rows -> Page.of(
                        views(rows), limit, last -> Cursor.ofId(last.id()).encode(filter.toString())));
    }

    private static List<DecisionView> views(RowSet<Row> rows) {
        List<DecisionView> views = new ArrayList<>(rows.size());
        rows.forEach(row -> views.add(DecisionView.of(row)));
        return views;
    }
}
