package dev.afluente.sync.transaction;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The transactions a user may see: their own, not removed, newest first. Pages follow (date, id), so a page costs the
 * same at any depth and rows that arrive meanwhile push nothing onto the next page.
 */
@ApplicationScoped
public class Transactions {
    private static final String OWN = "SELECT " + TransactionView.COLUMNS
            + " FROM transaction WHERE tenant_id = $1 AND user_id = $2 AND deleted_at IS NULL";

    /** The first and the last booking day of an account's rows under a filter. */
    public record Span(UUID account, LocalDate first, LocalDate last) {}

    private static final String SPANS = "SELECT account_id, min(booking_day), max(booking_day) FROM transaction"
            + " WHERE tenant_id = $1 AND user_id = $2 AND deleted_at IS NULL";

    private final Ledger ledger;
    private final TransactionRows rows;

    @Inject
    public Transactions(Ledger ledger, TransactionRows rows) {
        this.ledger = ledger;
        this.rows = rows;
    }

    /** Returns a page; {@code after} is null on the first. */
    public Uni<Page<TransactionView>> list(Caller caller, TransactionFilter filter, int limit, Cursor after) {
        StringBuilder sql = new StringBuilder(OWN);
        Tuple values = Tuple.of(caller.tenant(), caller.user());
        filter.appendTo(sql, values);
        if (after != null) {
            int first = values.addOffsetDateTime(after.at().atOffset(ZoneOffset.UTC))
                    .size();
            int second = values.addUUID(after.id()).size();
            sql.append(" AND (date, id) < ($" + first + ", $" + second + ")");
        }
        // One more than asked for tells whether there is a next page.
        sql.append(" ORDER BY date DESC, id DESC LIMIT $")
                .append(values.addInteger(limit + 1).size());
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(sql.toString())
                        .execute(values)
                        .chain(found -> rows.views(database, caller, found)))
                .map(views ->
                        Page.of(views, limit, last -> new Cursor(last.date(), last.id()).encode(filter.toString())));
    }

    /** Returns the accounts that have rows under a filter, in a stable order, and the days these span. */
    public Uni<List<Span>> spans(Caller caller, TransactionFilter filter) {
        StringBuilder sql = new StringBuilder(SPANS);
        Tuple values = Tuple.of(caller.tenant(), caller.user());
        filter.appendTo(sql, values);
        sql.append(" GROUP BY account_id ORDER BY account_id");
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(sql.toString())
                        .execute(values))
                .map(found -> {
                    List<Span> spans = new ArrayList<>();
                    found.forEach(row -> spans.add(new Span(row.getUUID(0), row.getLocalDate(1), row.getLocalDate(2))));
                    return spans;
                });
    }

    /** Returns one transaction; null when the user has none of that id. */
    Uni<TransactionView> one(Caller caller, UUID id) {
        return ledger.ofTenant(caller.tenant(), database -> one(database, caller, id));
    }

    /** Returns one transaction as the caller's transaction sees it; null when the user has none of that id. */
    public Uni<TransactionView> one(SqlConnection database, Caller caller, UUID id) {
        return database.preparedQuery(OWN + " AND id = $3")
                .execute(Tuple.of(caller.tenant(), caller.user(), id))
                .chain(found -> rows.views(database, caller, found))
                .map(views -> views.isEmpty() ? null : views.get(0));
    }
}
