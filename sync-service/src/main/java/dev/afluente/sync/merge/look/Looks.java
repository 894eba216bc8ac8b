package dev.afluente.sync.merge.look;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.merge.LedgerColumns;
import dev.afluente.sync.merge.look.Sights.Sight;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.source.SourceTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a page with the ledger, writing and locking nothing: at first {@link Sights sight}, and by every column only
 * those rows that it leaves unclear. Candidates are searched for rows whose id is unknown. Rows of the ledger are found
 * one index look at a time, whatever the server expects of the table: {@code OFFSET 0} keeps it from reading the account.
 */
@ApplicationScoped
public class Looks {
    private static final int FIRST_COLUMN = 7;

    private static final String SAME_INSTALMENT = """
            (c.installment_number IS NULL OR s.installment_number IS NULL OR c.installment_number = s.installment_number)
            AND NOT EXISTS (SELECT FROM whole q WHERE q.provider_id = c.provider_id)""";

    private static final String LOOK = """
            WITH page AS MATERIALIZED (
                SELECT i.ord, %1$s FROM unnest($5::int[], %2$s) AS i (ord, %3$s)),
            whole AS MATERIALIZED (SELECT unnest($6::text[]) AS provider_id),
            differing AS MATERIALIZED (
                SELECT p.*, t.id, t.deleted_at, t.generation, t.status AS was
                FROM page p LEFT JOIN LATERAL (SELECT * FROM transaction t
                    WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.provider_id = p.provider_id OFFSET 0) t ON true
                WHERE t.id IS NULL OR (NOT t.pinned AND
                    (t.deleted_at IS NOT NULL OR t.generation <> $3 OR (%4$s) IS DISTINCT FROM (%5$s)))),
            strangers AS MATERIALIZED (
                SELECT d.*, transaction_fingerprint(d.amount, d.currency, d.booking_day, d.search_text) AS fingerprint
                FROM differing d WHERE d.id IS NULL),
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
            FROM strangers s CROSS JOIN LATERAL (SELECT * FROM transaction t
                WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.fingerprint = s.fingerprint OFFSET 0) c
            WHERE c.amount = s.amount AND c.currency = s.currency AND c.booking_day = s.booking_day
                AND c.search_text = s.search_text AND NOT c.pinned AND %8$s
            UNION ALL
            SELECT 'POSTED', s.ord, c.id, c.provider_id, c.date, NULL, c.generation, c.deleted_at, true
            FROM strangers s JOIN pending c
                ON c.amount = s.amount AND c.currency = s.currency AND c.search_text = s.search_text
            WHERE s.status = 'POSTED' AND c.booking_day <> s.booking_day AND abs(c.booking_day - s.booking_day) <= $4
                AND %8$s
            ORDER BY 2""".formatted(
                    LedgerColumns.casts(),
                    LedgerColumns.parameters(FIRST_COLUMN),
                    LedgerColumns.names(),
                    LedgerColumns.content("t"),
                    LedgerColumns.content("p"),
                    LedgerColumns.content("d"),
                    LedgerColumns.content("c"),
                    SAME_INSTALMENT);

    private final Ledger ledger;

    @Inject
    Looks(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Looks at a page.
     *
     * @param postedWithin how many days a pending row may be away from the booked one
     * @param trusting whether another content is enough to know that a row differs, as it is unless that proved wrong
     */
    public Uni<Look> at(
            LeasedRun run, LedgerAccount account, List<SourceTransaction> rows, int postedWithin, boolean trusting) {
        return ledger.ofTenant(run.tenantId(), connection -> Sights.of(connection, run, account, rows, trusting)
                .chain(sight -> closely(connection, run, account, rows, sight, postedWithin)));
    }

    private static Uni<Look> closely(
            SqlConnection connection,
            LeasedRun run,
            LedgerAccount account,
            List<SourceTransaction> rows,
            Sight sight,
            int postedWithin) {
        Look look = new Look(sight.differing(), new ArrayList<>(), new ArrayList<>(), sight.landed());
        if (sight.unclear().isEmpty()) {
            return Uni.createFrom().item(look);
        }
        Tuple values = Tuple.of(run.tenantId(), account.id(), account.generation(), postedWithin)
                .addValue(sight.unclear().toArray(Integer[]::new))
                .addValue(Sights.ids(rows));
        LedgerColumns.values(sight.unclear().stream().map(rows::get).toList()).forEach(values::addValue);
        return connection
                .preparedQuery(LOOK)
                .execute(values)
                .invoke(found -> found.forEach(row -> note(look, row, account.generation())))
                .replaceWith(look);
    }

    private static void note(Look look, Row row, int generation) {
        int place = row.getInteger("ord");
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
            default -> look.candidates().add(candidate(row, place, generation));
        }
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
