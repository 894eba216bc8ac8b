package dev.afluente.sync.merge.match;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.merge.LedgerColumns;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.source.SourceTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a page with the ledger in one query that writes and locks nothing. A page that is the same costs one look at
 * an index per row; candidates are searched only for rows whose id is unknown.
 */
@ApplicationScoped
class Looks {
    private static final int FIRST_COLUMN = 5;

    private static final String SAME_INSTALMENT = """
            (c.installment_number IS NULL OR s.installment_number IS NULL OR c.installment_number = s.installment_number)
            AND NOT EXISTS (SELECT FROM page q WHERE q.provider_id = c.provider_id)""";

    private static final String LOOK = """
            WITH page AS MATERIALIZED (
                SELECT i.ord, %1$s FROM unnest(%2$s) WITH ORDINALITY AS i (%3$s, ord)),
            differing AS MATERIALIZED (
                SELECT p.*, t.id, t.deleted_at, t.generation, t.status AS was
                FROM page p LEFT JOIN transaction t
                    ON t.tenant_id = $1 AND t.account_id = $2 AND t.provider_id = p.provider_id
                WHERE t.id IS NULL OR (NOT t.pinned AND
                    (t.deleted_at IS NOT NULL OR t.generation <> $3 OR (%4$s) IS DISTINCT FROM (%5$s)))),
            strangers AS (
                SELECT d.*, hashtextextended(ROW(%6$s)::text, 0) AS content FROM differing d WHERE d.id IS NULL),
            pending AS MATERIALIZED (
                SELECT c.* FROM transaction c
                WHERE c.tenant_id = $1 AND c.account_id = $2 AND c.status = 'PENDING' AND NOT c.pinned
                    AND (c.generation = $3 OR c.deleted_at IS NOT NULL))
            SELECT CASE WHEN d.id IS NULL THEN 'STRANGER' ELSE 'DIFFERING' END AS part, d.ord, d.id, NULL AS provider_id,
                d.date, CASE WHEN d.id IS NULL THEN hashtextextended(ROW(%6$s)::text, 0) END AS content,
                d.generation, d.deleted_at, d.was = 'PENDING' AS pending
            FROM differing d
            UNION ALL
            SELECT 'EXACT', s.ord, c.id, c.provider_id, c.date, hashtextextended(ROW(%7$s)::text, 0), c.generation,
                c.deleted_at, c.status = 'PENDING'
            FROM strangers s JOIN transaction c ON c.tenant_id = $1 AND c.account_id = $2
                AND c.fingerprint = transaction_fingerprint(s.amount, s.currency, s.booking_day, s.search_text)
            WHERE c.amount = s.amount AND c.currency = s.currency AND c.booking_day = s.booking_day
                AND c.search_text = s.search_text AND NOT c.pinned AND %8$s
            UNION ALL
            SELECT 'POSTED', s.ord, c.id, c.provider_id, c.date, NULL, c.generation, c.deleted_at, true
            FROM strangers s JOIN pending c
                ON c.amount = s.amount AND c.currency = s.currency AND c.search_text = s.search_text
            WHERE s.status = 'POSTED' AND c.booking_day <> s.booking_day AND abs(c.booking_day - s.booking_day) <= $4
                AND %8$s
            UNION ALL
            SELECT 'LANDED', 0, NULL, a.row_key, NULL, NULL, NULL, NULL, NULL
            FROM set_aside a WHERE a.tenant_id = $1 AND a.account_id = $2 AND a.row_key = ANY($%9$d::text[])
            ORDER BY 2""".formatted(
                    LedgerColumns.casts(),
                    LedgerColumns.parameters(FIRST_COLUMN),
                    LedgerColumns.names(),
                    LedgerColumns.content("t"),
                    LedgerColumns.content("p"),
                    LedgerColumns.content("d"),
                    LedgerColumns.content("c"),
                    SAME_INSTALMENT,
                    FIRST_COLUMN);

    private final Ledger ledger;

    @Inject
    Looks(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Looks at a page; {@code postedWithin} is how many days a pending row may be away from the booked one. */
    Uni<Look> at(LeasedRun run, LedgerAccount account, List<SourceTransaction> rows, int postedWithin) {
        Tuple values = Tuple.of(run.tenantId(), account.id(), account.generation(), postedWithin);
        LedgerColumns.values(rows).forEach(values::addValue);
        return ledger.ofTenant(
                        run.tenantId(),
                        connection -> connection.preparedQuery(LOOK).execute(values))
                .map(found -> look(found, account.generation()));
    }

    private static Look look(RowSet<Row> found, int generation) {
        Look look = new Look(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Row row : found) {
            int place = row.getLong("ord").intValue() - 1;
            switch (row.getString("part")) {
                case "STRANGER" ->
                    look.strangers().add(new Look.Stranger(place, instant(row, "date"), row.getLong("content")));
                case "DIFFERING" ->
                    look.differing()
                            .add(new Look.Differing(
                                    place,
                                    row.getUUID("id"),
                                    row.getOffsetDateTime("deleted_at") != null,
                                    row.getBoolean("pending"),
                                    row.getInteger("generation") == generation));
                case "LANDED" -> look.landed().add(row.getString("provider_id"));
                default -> look.candidates().add(candidate(row, place, generation));
            }
        }
        return look;
    }

    private static Candidate candidate(Row row, int place, int generation) {
        boolean exact = row.getString("part").equals("EXACT");
        return new Candidate(
                place,
                exact,
                row.getUUID("id"),
                row.getString("provider_id"),
                instant(row, "date"),
                exact ? row.getLong("content") : 0,
                row.getInteger("generation") == generation,
                instant(row, "deleted_at"),
                row.getBoolean("pending"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
