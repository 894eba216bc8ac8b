package dev.afluente.sync.balance;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.balance.BalanceProofView.Interval;
import dev.afluente.sync.balance.BalanceProofView.Point;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads an account's balance proof. Nothing is smoothed: what does not add up is shown as it is. */
@ApplicationScoped
public class BalanceProofs {
    private static final String ACCOUNT =
            "SELECT type, currency FROM account WHERE tenant_id = $1 AND user_id = $2 AND id = $3";

    private static final String POINT = "id, taken_at, balance, posted, pending";

    private static final String NEWEST_FIRST = "SELECT " + POINT
            + " FROM balance_point WHERE tenant_id = $1 AND account_id = $2 AND ($3::uuid IS NULL OR id < $3)"
            + " ORDER BY id DESC LIMIT $4";

    private static final String ENDS = "(SELECT " + POINT
            + " FROM balance_point WHERE tenant_id = $1 AND account_id = $2 ORDER BY id LIMIT 1) UNION ALL (SELECT "
            + POINT
            + " FROM balance_point WHERE tenant_id = $1 AND account_id = $2 ORDER BY id DESC LIMIT 1)";

    private final Ledger ledger;

    @Inject
    public BalanceProofs(Ledger ledger) {
        this.ledger = ledger;
    }

    /** {@code account_not_found}. */
    Uni<BalanceProofView> of(Caller caller, UUID account, int limit, Cursor after) {
        return ledger.ofTenant(caller.tenant(), connection -> connection
                .preparedQuery(ACCOUNT)
                .execute(Tuple.of(caller.tenant(), caller.user(), account))
                .chain(found -> {
                    if (found.size() == 0) {
                        throw ProblemCode.ACCOUNT_NOT_FOUND.problem();
                    }
                    return proof(connection, caller, account, found.iterator().next(), limit, after);
                }));
    }

    private static Uni<BalanceProofView> proof(
            SqlConnection connection, Caller caller, UUID id, Row account, int limit, Cursor after) {
        boolean card = account.getString("type").equals("CREDIT");
        UUID from = after == null ? null : after.id();
        // An interval has two ends, and one more tells whether there is a next page.
        return connection
                .preparedQuery(NEWEST_FIRST)
                .execute(Tuple.of(caller.tenant(), id, from, limit + 2))
                .chain(points -> connection
                        .preparedQuery(ENDS)
                        .execute(Tuple.of(caller.tenant(), id))
                        .map(ends -> {
                            List<Interval> all = intervals(points(ends), card, true);
                            Page<Interval> page = Page.of(
                                    intervals(points(points), card, false), limit, last -> Cursor.ofId(last.id())
                                            .encode(id.toString()));
                            return new BalanceProofView(
                                    id,
                                    account.getString("currency"),
                                    card ? "POSTED_AND_PENDING" : "POSTED",
                                    !card,
                                    all.isEmpty() ? BigDecimal.ZERO : all.get(0).drift(),
                                    page.data(),
                                    page.nextCursor());
                        }));
    }

    private static List<Interval> intervals(List<Point> points, boolean card, boolean oldestFirst) {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 1; i < points.size(); i++) {
            Point one = points.get(i - 1);
            Point other = points.get(i);
            intervals.add(
                    oldestFirst
                            ? BalanceProofView.between(one, other, card)
                            : BalanceProofView.between(other, one, card));
        }
        return intervals;
    }

    private static List<Point> points(RowSet<Row> rows) {
        List<Point> points = new ArrayList<>(rows.size());
        rows.forEach(row -> points.add(new Point(
                row.getUUID("id"),
                row.getOffsetDateTime("taken_at").toInstant(),
                row.getBigDecimal("balance"),
                row.getBigDecimal("posted"),
                row.getBigDecimal("pending"))));
        return points;
    }
}
