package dev.afluente.sync.transfer;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Finds pairs that are certain: opposite amounts of one currency in two accounts of one person, booked at most {@value
 * #DAYS} days apart, both without a merchant, the row out (or the row in of a card, where an open bill is pending) as the
 * bank has booked it. Of several that fit, the one whose sides name the same counterparty; otherwise a pair counts only
 * when neither side fits anything else. Sides that name different counterparties never make a pair: a payment to one
 * person and one from another are two. What is uncertain is left alone.
 *
 * <p>Only days around rows that changed since the last look are read, which finds what a look at everything would find.
 * Runs in the caller's transaction.
 */
@ApplicationScoped
public class Pairing {
    static final int DAYS = 3;

    /** Waits for whoever looks or edits; from then on nobody else pairs this person's rows. */
    private static final String HOLD = """
            INSERT INTO transfer_scan AS s (tenant_id, user_id, seq) VALUES ($1, $2, 0)
            ON CONFLICT (tenant_id, user_id) DO UPDATE SET seq = s.seq RETURNING seq""";

    private static final String HEAD = "SELECT seq FROM feed_head WHERE tenant_id = $1 AND user_id = $2";

    private static final String SCANNED = "UPDATE transfer_scan SET seq = $3 WHERE tenant_id = $1 AND user_id = $2";

    /**
     * A changed row decides about pairs of which one side lies within {@value #DAYS} days; the other may lie twice as far
     * away, and what that one fits thrice as far. The days are joined to ranges: a first look is one range, not many.
     */
    private static final String CERTAIN = """
            WITH touched AS (
                SELECT range_agg(daterange(booking_day - %1$d, booking_day + %1$d, '[]')) AS core,
                    range_agg(daterange(booking_day - 3 * %1$d, booking_day + 3 * %1$d, '[]')) AS days
                FROM (SELECT DISTINCT booking_day FROM transaction
                      WHERE tenant_id = $1 AND user_id = $2 AND change_seq > $3) changed),
            open AS (
                SELECT t.id, t.account_id, t.amount, t.currency, t.booking_day, t.status, a.type AS account_type,
                    nullif(digits(t.counterparty_document), '') AS document,
                    nullif(search_key(t.counterparty_name), '') AS name
                FROM touched, LATERAL unnest(touched.days) AS near,
                    transaction t JOIN account a ON a.tenant_id = t.tenant_id AND a.id = t.account_id
                WHERE t.tenant_id = $1 AND t.user_id = $2 AND t.deleted_at IS NULL AND t.amount <> 0
                    AND t.date >= lower(near) - interval '2 days' AND t.date < upper(near) + interval '2 days'
                    AND near @> t.booking_day
                    AND t.merchant_name IS NULL AND t.merchant_document IS NULL AND t.installment_number IS NULL
                    AND (t.status = 'POSTED' OR (a.type = 'CREDIT' AND t.amount > 0))
                    AND NOT EXISTS (SELECT FROM transfer x WHERE x.tenant_id = $1 AND x.out_id = t.id)
                    AND NOT EXISTS (SELECT FROM transfer x WHERE x.tenant_id = $1 AND x.in_id = t.id)),
            fits AS (
                SELECT o.id AS out_id, i.id AS in_id, i.account_type, o.booking_day AS out_day, i.booking_day AS in_day,
                    coalesce(o.document = i.document, o.name = i.name, false) AS agrees
                FROM open o JOIN open i
                    ON i.amount = -o.amount AND i.currency = o.currency AND i.account_id <> o.account_id
                    AND i.booking_day BETWEEN o.booking_day - %1$d AND o.booking_day + %1$d
                WHERE o.amount < 0 AND o.account_type = 'BANK'
                    AND coalesce(o.document = i.document, o.name = i.name, true)
                    AND NOT EXISTS (SELECT FROM transfer_refused r
                        WHERE r.tenant_id = $1 AND r.out_id = o.id AND r.in_id = i.id)),
            counted AS (
                SELECT out_id, in_id, account_type, agrees, out_day, in_day,
                    count(*) OVER (PARTITION BY out_id) AS of_out, count(*) OVER (PARTITION BY in_id) AS of_in,
                    count(*) FILTER (WHERE agrees) OVER (PARTITION BY out_id) AS agreed_out,
                    count(*) FILTER (WHERE agrees) OVER (PARTITION BY in_id) AS agreed_in
                FROM fits)
            SELECT out_id, in_id, CASE account_type WHEN 'CREDIT' THEN 'CARD_BILL' ELSE 'OWN_ACCOUNTS' END AS kind,
                of_out > 1 OR of_in > 1 AS had_rivals
            FROM counted, touched
            WHERE ((of_out = 1 AND of_in = 1) OR (agrees AND agreed_out = 1 AND agreed_in = 1))
                AND (core @> out_day OR core @> in_day)
            ORDER BY out_id""".formatted(DAYS);

    private static final String INSERT = """
            INSERT INTO transfer (tenant_id, id, user_id, out_id, in_id, kind, made_by)
            SELECT $1, i.id, $2, i.out_id, i.in_id, i.kind, 'RULE'
            FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[]) AS i (id, out_id, in_id, kind)
            ON CONFLICT DO NOTHING""";

    private record Pair(UUID id, UUID out, UUID in, String kind, boolean hadRivals) {}

    /** Makes whoever else pairs rows of this person wait for the end of the caller's transaction. */
    Uni<Long> hold(SqlConnection connection, String tenant, String user) {
        return connection.preparedQuery(HOLD).execute(Tuple.of(tenant, user)).map(rows -> rows.iterator()
                .next()
                .getLong(0));
    }

    /** Pairs what has become certain since the last look. Returns how many pairs were made. */
    Uni<Integer> pair(SqlConnection connection, String tenant, String user) {
        return hold(connection, tenant, user).chain(since -> head(connection, tenant, user)
                .chain(head -> head <= since
                        ? Uni.createFrom().item(0)
                        : settle(connection, tenant, user, since)
                                .call(() -> connection.preparedQuery(SCANNED).execute(Tuple.of(tenant, user, head)))));
    }

    /** A pair that was chosen among several frees the others: they may be certain now. */
    private static Uni<Integer> settle(SqlConnection connection, String tenant, String user, long since) {
        return certain(connection, tenant, user, since).chain(pairs -> write(connection, tenant, user, pairs)
                .chain(made -> made > 0 && pairs.stream().anyMatch(Pair::hadRivals)
                        ? settle(connection, tenant, user, since).map(more -> made + more)
                        : Uni.createFrom().item(made)));
    }

    /** Read before the rows: what is committed later has a higher number and is looked at next time. */
    private static Uni<Long> head(SqlConnection connection, String tenant, String user) {
        return connection
                .preparedQuery(HEAD)
                .execute(Tuple.of(tenant, user))
                .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong(0));
    }

    private static Uni<List<Pair>> certain(SqlConnection connection, String tenant, String user, long since) {
        return connection
                .preparedQuery(CERTAIN)
                .execute(Tuple.of(tenant, user, since))
                .map(rows -> {
                    List<Pair> pairs = new ArrayList<>(rows.size());
                    rows.forEach(row -> pairs.add(new Pair(
                            UuidCreator.getTimeOrderedEpoch(),
                            row.getUUID("out_id"),
                            row.getUUID("in_id"),
                            row.getString("kind"),
                            row.getBoolean("had_rivals"))));
                    return pairs;
                });
    }

    private static Uni<Integer> write(SqlConnection connection, String tenant, String user, List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        Tuple values = Tuple.tuple()
                .addString(tenant)
                .addString(user)
                .addArrayOfUUID(pairs.stream().map(Pair::id).toArray(UUID[]::new))
                .addArrayOfUUID(pairs.stream().map(Pair::out).toArray(UUID[]::new))
                .addArrayOfUUID(pairs.stream().map(Pair::in).toArray(UUID[]::new))
                .addArrayOfString(pairs.stream().map(Pair::kind).toArray(String[]::new));
        return connection.preparedQuery(INSERT).execute(values).map(rows -> rows.rowCount());
    }
}
