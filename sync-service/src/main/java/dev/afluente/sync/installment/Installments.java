package dev.afluente.sync.installment;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The open purchases a user may see: their own, the latest first. Reads the rows of ties through an index of their own. */
@ApplicationScoped
class Installments {
    private static final String PARTS = """
            WITH part AS (
                SELECT t.*, coalesce(max(installment_number) FILTER (WHERE status = 'POSTED')
                    OVER (PARTITION BY purchase_day, purchase_id), 0) AS paid
                FROM transaction t
                WHERE tenant_id = $1 AND user_id = $2 AND purchase_id IS NOT NULL AND deleted_at IS NULL""";

    private static final String PURCHASES = """
            )
            SELECT purchase_id, purchase_day, paid, max(installment_total) AS total, max(currency) AS currency,
                (array_agg(account_id))[1] AS account_id, (array_agg(connection_id))[1] AS connection_id,
                (array_agg(description ORDER BY installment_number DESC))[1] AS description,
                max(installment_number) AS number,
                (array_agg(amount ORDER BY installment_number DESC))[1] AS latest_amount,
                max(booking_day) AS latest_day,
                coalesce(max(purchase_total), CASE WHEN count(*) = max(installment_total) THEN sum(amount) END)
                    AS total_amount,
                (count(*) FILTER (WHERE installment_number > paid))::int AS coming,
                coalesce(sum(amount) FILTER (WHERE installment_number > paid), 0) AS coming_amount,
                min(booking_day) FILTER (WHERE installment_number > paid) AS next_day
            FROM part GROUP BY purchase_day, purchase_id, paid
            HAVING paid < max(installment_total)
            ORDER BY purchase_day DESC, purchase_id DESC LIMIT $""";

    private final Ledger ledger;

    @Inject
    Installments(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param account null shows the purchases of all cards */
    Uni<Page<OpenPurchase>> list(Caller caller, UUID account, int limit, Cursor after) {
        StringBuilder sql = new StringBuilder(PARTS);
        Tuple values = Tuple.of(caller.tenant(), caller.user());
        if (account != null) {
            sql.append(" AND account_id = $").append(values.addUUID(account).size());
        }
        if (after != null) {
            int day = values.addLocalDate(LocalDate.ofInstant(after.at(), ZoneOffset.UTC))
                    .size();
            int id = values.addUUID(after.id()).size();
            sql.append(" AND (purchase_day, purchase_id) < ($" + day + ", $" + id + ")");
        }
        sql.append(PURCHASES).append(values.addInteger(limit + 1).size());
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(sql.toString())
                        .execute(values))
                .map(rows -> {
                    List<OpenPurchase> purchases = new ArrayList<>(rows.size());
                    rows.forEach(row -> purchases.add(OpenPurchase.of(row)));
                    return Page.of(purchases, limit, last -> cursor(last).encode(String.valueOf(account)));
                });
    }

    private static Cursor cursor(OpenPurchase last) {
        return new Cursor(last.purchaseDate().atStartOfDay().toInstant(ZoneOffset.UTC), last.purchaseId());
    }
}
