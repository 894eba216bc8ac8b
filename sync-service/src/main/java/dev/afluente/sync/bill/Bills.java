package dev.afluente.sync.bill;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.sync.account.Accounts;
import dev.afluente.sync.bill.BillView.Category;
import dev.afluente.sync.bill.BillView.Contents;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The bills a user may see: those of their own cards, the one due last first. */
@ApplicationScoped
class Bills {
    private static final String CATEGORIES = """
            SELECT t.category_id,
                max(t.provider_category) FILTER (WHERE t.category_id = t.provider_category_id) AS category,
                %1$s AS payment, count(*) AS rows, -sum(t.amount) AS owed
            FROM transaction t
            WHERE t.tenant_id = $1 AND t.statement_id = $2 AND t.deleted_at IS NULL
            GROUP BY t.category_id, %1$s ORDER BY owed DESC, t.category_id""".formatted(BillPayment.IS_PAYMENT);

    private final Ledger ledger;

    @Inject
    Bills(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A page of an account's bills; null when the user has no such account. */
    Uni<Page<BillView>> list(Caller caller, UUID account, int limit, Cursor after) {
        StringBuilder sql = new StringBuilder(BillRow.SELECT).append(" AND b.account_id = $3");
        Tuple values = Tuple.of(caller.tenant(), caller.user(), account);
        if (after != null) {
            int day = values.addLocalDate(LocalDate.ofInstant(after.at(), ZoneOffset.UTC))
                    .size();
            int id = values.addUUID(after.id()).size();
            sql.append(" AND (b.due_day, b.id) < ($" + day + ", $" + id + ")");
        }
        sql.append(" ORDER BY b.due_day DESC, b.id DESC LIMIT $")
                .append(values.addInteger(limit + 1).size());
        return ledger.ofTenant(
                caller.tenant(),
                database -> Accounts.ofOwn(database, caller, account, () -> database.preparedQuery(sql.toString())
                        .execute(values)
                        .map(rows -> page(rows, account, limit))));
    }

    private static Page<BillView> page(RowSet<Row> rows, UUID account, int limit) {
        List<BillView> bills = new ArrayList<>(rows.size());
        rows.forEach(row -> bills.add(BillRow.view(row)));
        return Page.of(
                bills, limit, last -> new Cursor(last.dueDay().atStartOfDay().toInstant(ZoneOffset.UTC), last.id())
                        .encode(account.toString()));
    }

    /** Returns one bill with what its rows come to; null when the user has none of that id. */
    Uni<BillView> one(Caller caller, UUID id) {
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(BillRow.SELECT + " AND b.id = $3")
                .execute(Tuple.of(caller.tenant(), caller.user(), id))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().nullItem()
                        : withContents(
                                database, caller, BillRow.view(rows.iterator().next()))));
    }

    private static Uni<BillView> withContents(SqlConnection database, Caller caller, BillView bill) {
        return database.preparedQuery(CATEGORIES)
                .execute(Tuple.of(caller.tenant(), bill.id()))
                .map(rows -> bill.with(contents(bill.total(), rows)));
    }

    private static Contents contents(BigDecimal total, RowSet<Row> rows) {
        List<Category> categories = new ArrayList<>();
        BigDecimal charged = BigDecimal.ZERO;
        BigDecimal paid = BigDecimal.ZERO;
        long count = 0;
        for (Row row : rows) {
            BigDecimal owed = row.getBigDecimal("owed");
            count += row.getLong("rows");
            if (row.getBoolean("payment")) {
                paid = paid.subtract(owed);
            } else {
                charged = charged.add(owed);
                categories.add(new Category(
                        row.getString("category_id"), row.getString("category"), row.getLong("rows"), owed));
            }
        }
        return new Contents(count, charged, paid, total.subtract(charged), categories);
    }
}
