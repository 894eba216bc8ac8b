package dev.afluente.sync.bill.card;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.bill.cycle.Cycle;
import dev.afluente.sync.bill.cycle.ForecastMonth;
import dev.afluente.sync.bill.cycle.Horizon;
import dev.afluente.sync.run.LeasedRun;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a card's rows say about its bills. Both statements read the card's rows once: a few thousand at most, as a card's
 * history is a year.
 */
@ApplicationScoped
class CardRows {
    private static final String HORIZON = """
            SELECT (now() AT TIME ZONE 'America/Sao_Paulo')::date AS today,
                max(booking_day) AS last_day, max(bill_forecast) AS last_month
            FROM transaction
            WHERE tenant_id = $1 AND account_id = $2 AND deleted_at IS NULL AND bill_id IS NULL""";

    private static final String FORECASTS = """
            SELECT bill_id, bill_forecast, count(*) AS rows FROM transaction
            WHERE tenant_id = $1 AND account_id = $2 AND deleted_at IS NULL
                AND bill_id IS NOT NULL AND bill_forecast IS NOT NULL
            GROUP BY bill_id, bill_forecast""";

    /**
     * The provider's own word first. A bill it names that it has not told of yet leaves a row where it was. Otherwise its
     * forecast; otherwise the expected bill that closes next: rows that are still pending stay with the oldest one
     * however old they are, because a bill that had closed would carry them.
     */
    private static final String MISPLACED = """
            WITH months AS (
                SELECT date_trunc('month', CASE WHEN $3 THEN closing_day ELSE due_day END)::date AS month,
                    (array_agg(id))[1] AS id
                FROM bill WHERE tenant_id = $1 AND account_id = $2 GROUP BY 1 HAVING count(*) = 1
            ), expected AS (
                SELECT id, opens_day, closing_day,
                    lag(closing_day, 1, '-infinity') OVER (ORDER BY closing_day) AS closed_before
                FROM bill WHERE tenant_id = $1 AND account_id = $2 AND provider_id IS NULL
            ), placed AS (
                SELECT t.id, t.statement_id, coalesce(
                    told.id,
                    CASE WHEN t.bill_id IS NOT NULL THEN here.id END,
                    m.id,
                    CASE WHEN t.status = 'PENDING' OR t.booking_day >= e.opens_day THEN e.id END) AS place
                FROM transaction t
                LEFT JOIN bill told ON told.tenant_id = $1 AND told.account_id = $2 AND told.provider_id = t.bill_id
                LEFT JOIN bill here ON here.tenant_id = $1 AND here.id = t.statement_id
                LEFT JOIN months m ON m.month = t.bill_forecast
                LEFT JOIN expected e ON t.booking_day > e.closed_before AND t.booking_day <= e.closing_day
                WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.deleted_at IS NULL
            )
            SELECT id, place FROM placed WHERE statement_id IS DISTINCT FROM place ORDER BY id""";

    /** How far expected bills must reach. */
    Uni<Horizon> horizon(SqlConnection connection, LeasedRun run, LedgerAccount account) {
        return connection
                .preparedQuery(HORIZON)
                .execute(Tuple.of(run.tenantId(), account.id()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    LocalDate month = row.getLocalDate("last_month");
                    return new Horizon(
                            row.getLocalDate("today"),
                            row.getLocalDate("last_day"),
                            month == null ? null : YearMonth.from(month));
                });
    }

    /**
     * What the card's forecasts mean.
     *
     * @param told the bills the provider has told of, by its ids
     */
    Uni<ForecastMonth> meaning(
            SqlConnection connection, LeasedRun run, LedgerAccount account, Map<String, Cycle> told) {
        return connection
                .preparedQuery(FORECASTS)
                .execute(Tuple.of(run.tenantId(), account.id()))
                .map(rows -> {
                    Map<ForecastMonth.Forecast, Long> counted = new HashMap<>();
                    for (Row row : rows) {
                        Cycle bill = told.get(row.getString("bill_id"));
                        if (bill != null) {
                            YearMonth month = YearMonth.from(row.getLocalDate("bill_forecast"));
                            counted.merge(new ForecastMonth.Forecast(bill, month), row.getLong("rows"), Long::sum);
                        }
                    }
                    return ForecastMonth.most(counted);
                });
    }

    /** The rows that are on another bill than they say, each with the right one; null for a row that is on none. */
    Uni<Map<UUID, UUID>> misplaced(
            SqlConnection connection, LeasedRun run, LedgerAccount account, ForecastMonth meaning) {
        return connection
                .preparedQuery(MISPLACED)
                .execute(Tuple.of(run.tenantId(), account.id(), meaning == ForecastMonth.CLOSING))
                .map(rows -> {
                    Map<UUID, UUID> places = new LinkedHashMap<>();
                    rows.forEach(row -> places.put(row.getUUID("id"), row.getUUID("place")));
                    return places;
                });
    }
}
