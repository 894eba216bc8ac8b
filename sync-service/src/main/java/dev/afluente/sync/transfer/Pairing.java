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
 * person and one from another are two. What is uncertain is left alone, and so is a crowd of equal amounts in one week
 * ({@value #CROWD}): a look costs what its rows cost, whatever their amounts.
 *
 * <p>Only days around rows that changed since the last look are read, and of these only amounts that changed rows have or
 * had, which finds what a look at everything would find.
 * Runs in the caller's transaction.
 */
@ApplicationScoped
public class Pairing {
    static final int DAYS = 3;

    /** Rows out times rows in of one amount and one week, at most; 200 of each are no longer anybody's transfers. */
    static final int CROWD = 40_000;

    /** Changed rows in one look: as many as a few seconds are enough for. */
    static final int ROWS = 10_000;

    private static final String NEWEST =
            "SELECT coalesce(max(change_seq), 0) FROM transaction WHERE tenant_id = $1 AND user_id = $2";

    private static final String REACHED =
            "SELECT seq FROM transfer_scan WHERE tenant_id = $1 AND user_id = $2 AND seq >= $3";

    /** Waits for nobody: no row when somebody looks or edits, or nobody ever has. */
    private static final String HOLD_IF_FREE =
            "SELECT seq FROM transfer_scan WHERE tenant_id = $1 AND user_id = $2 FOR UPDATE SKIP LOCKED";

    private static final String FIRST =
            "INSERT INTO transfer_scan (tenant_id, user_id, seq) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING RETURNING seq";

    /** Waits for whoever looks or edits; from then on nobody else pairs this person's rows. */
    private static final String HOLD = """
            INSERT INTO transfer_scan AS s (tenant_id, user_id, seq) VALUES ($1, $2, 0)
            ON CONFLICT (tenant_id, user_id) DO UPDATE SET seq = s.seq RETURNING seq""";

    /** Read before the rows: what is committed later has a higher number and is looked at next time. */
    private static final String SLICE = """
            SELECT max(change_seq) AS upto, count(*) AS changed FROM (
                SELECT change_seq FROM transaction WHERE tenant_id = $1 AND user_id = $2 AND change_seq > $3
                ORDER BY change_seq, id LIMIT $4) slice""";

    private static final String SCANNED = "UPDATE transfer_scan SET seq = $3 WHERE tenant_id = $1 AND user_id = $2";

    /**
     * A changed row decides about pairs of its amount of which one side lies within {@value #DAYS} days; the other may lie
     * twice as far away, and what that one fits thrice as far. So does what a row was before: it is nobody's rival there any
     * more. The days are joined to ranges: a first look is one range, not many. Amounts and accounts are asked for in a form that
     * the server looks up row by row in a table it has hashed: what it may turn into a join, it joins by what it guesses.
     *
     * <p>Rows of one amount are grouped by weeks before they are compared: a row out in its own, a row in in each that it
     * reaches, so that two that fit meet once and the work grows with the rows. Rows in of a week too crowded to be compared
     * have rivals that nobody counted: they are in no pair. A join would be as good, until the server thinks a first sync
     * has ten rows. For the same reason the rows of a range are fetched apart and in their index's order, and by {@code
     * timestamptz}: row-level security lets no other comparison into an index condition. Otherwise every look reads all
     * rows of the person.
     */
    static final String CERTAIN = """
            WITH changed AS MATERIALIZED (
                SELECT id, booking_day, abs(amount) AS amount, change_seq > first_seq AS has_been_other FROM transaction
                WHERE tenant_id = $1 AND user_id = $2 AND change_seq > $3 AND change_seq <= $4),
            was AS MATERIALIZED (
                SELECT (d.before ->> 'booking_day')::date AS booking_day, abs((d.before ->> 'amount')::numeric) AS amount
                FROM (SELECT id FROM changed WHERE has_been_other OFFSET 0) c,
                    LATERAL (SELECT before FROM decision d WHERE d.tenant_id = $1 AND d.transaction_id = c.id OFFSET 0) d),
            amounts AS MATERIALIZED (
                SELECT amount FROM changed UNION SELECT amount FROM was WHERE amount IS NOT NULL),
            touched AS (
                SELECT range_agg(daterange(booking_day - %1$d, booking_day + %1$d, '[]')) AS core,
                    range_agg(daterange(booking_day - 3 * %1$d, booking_day + 3 * %1$d, '[]')) AS days
                FROM (SELECT booking_day FROM changed UNION
                      SELECT booking_day FROM was WHERE booking_day IS NOT NULL) told),
            open AS (
                SELECT t.id, t.account_id, t.amount, t.currency, t.booking_day, of_card,
                    t.counterparty_document AS document, t.counterparty_name AS name,
                    t.amount < 0 AND (t.account_id IN (SELECT id FROM account
                        WHERE tenant_id = $1 AND user_id = $2 AND type = 'BANK')) IS TRUE AS leaves
                FROM touched, LATERAL unnest(touched.days) AS near,
                    LATERAL (SELECT * FROM transaction b
                        WHERE b.tenant_id = $1 AND b.user_id = $2 AND b.deleted_at IS NULL
                            AND b.date >= (lower(near) - 2)::timestamptz AND b.date < (upper(near) + 2)::timestamptz
                            AND (abs(b.amount) IN (SELECT amount FROM amounts)) IS TRUE
                        ORDER BY b.date DESC, b.id DESC OFFSET 0) t,
                    LATERAL (SELECT (t.account_id IN (SELECT id FROM account
                        WHERE tenant_id = $1 AND user_id = $2 AND type = 'CREDIT')) IS TRUE AS of_card) account
                WHERE near @> t.booking_day AND t.amount <> 0
                    AND t.merchant_name IS NULL AND t.merchant_document IS NULL AND t.installment_number IS NULL
                    AND (t.status = 'POSTED' OR (of_card AND t.amount > 0))
                    AND t.id NOT IN (SELECT unnest(ARRAY[x.out_id, x.in_id]) FROM transfer x
                        WHERE x.tenant_id = $1 AND x.user_id = $2)),
            sides AS (
                SELECT *, (booking_day - DATE '2000-01-01') / 7 AS own_week,
                    (booking_day - %1$d - DATE '2000-01-01') / 7 AS from_week,
                    (booking_day + %1$d - DATE '2000-01-01') / 7 AS to_week
                FROM open WHERE leaves OR amount > 0),
            same AS (
                SELECT count(*) FILTER (WHERE leaves) * count(*) FILTER (WHERE amount > 0) > %2$d AS crowded,
                    array_agg(id) FILTER (WHERE leaves) AS o_id, array_agg(id) FILTER (WHERE amount > 0) AS i_id,
                    array_agg(account_id) FILTER (WHERE leaves) AS o_account,
                    array_agg(account_id) FILTER (WHERE amount > 0) AS i_account,
                    array_agg(booking_day) FILTER (WHERE leaves) AS o_day,
                    array_agg(booking_day) FILTER (WHERE amount > 0) AS i_day,
                    array_agg(document) FILTER (WHERE leaves) AS o_document,
                    array_agg(document) FILTER (WHERE amount > 0) AS i_document,
                    array_agg(name) FILTER (WHERE leaves) AS o_name, array_agg(name) FILTER (WHERE amount > 0) AS i_name,
                    array_agg(of_card) FILTER (WHERE amount > 0) AS i_card
                FROM sides, LATERAL unnest(CASE WHEN leaves THEN ARRAY[own_week] WHEN from_week = to_week
                    THEN ARRAY[to_week] ELSE ARRAY[from_week, to_week] END) AS week
                GROUP BY currency, abs(amount), week HAVING bool_or(leaves) AND bool_or(amount > 0)),
            opposite AS (
                SELECT o.id AS out_id, i.id AS in_id, i.of_card, o.day AS out_day, i.day AS in_day,
                    nullif(digits(o.document), '') = nullif(digits(i.document), '') AS one_document,
                    nullif(search_key(o.name), '') = nullif(search_key(i.name), '') AS one_name
                FROM same,
                    unnest(o_id, o_account, o_day, o_document, o_name) AS o (id, account_id, day, document, name),
                    unnest(i_id, i_account, i_day, i_document, i_name, i_card)
                        AS i (id, account_id, day, document, name, of_card)
                WHERE NOT crowded AND i.account_id <> o.account_id AND i.day BETWEEN o.day - %1$d AND o.day + %1$d
                    AND NOT EXISTS (SELECT FROM transfer_refused r
                        WHERE r.tenant_id = $1 AND r.out_id = o.id AND r.in_id = i.id)),
            fits AS (
                SELECT *, coalesce(one_document, one_name, false) AS agrees
                FROM opposite WHERE coalesce(one_document, one_name, true)),
            counted AS (
                SELECT out_id, in_id, of_card, agrees, out_day, in_day,
                    count(*) OVER (PARTITION BY out_id) AS of_out, count(*) OVER (PARTITION BY in_id) AS of_in,
                    count(*) FILTER (WHERE agrees) OVER (PARTITION BY out_id) AS agreed_out,
                    count(*) FILTER (WHERE agrees) OVER (PARTITION BY in_id) AS agreed_in
                FROM fits)
            SELECT out_id, in_id, CASE WHEN of_card THEN 'CARD_BILL' ELSE 'OWN_ACCOUNTS' END AS kind,
                of_out > 1 OR of_in > 1 AS had_rivals
            FROM counted, touched
            WHERE ((of_out = 1 AND of_in = 1) OR (agrees AND agreed_out = 1 AND agreed_in = 1))
                AND (core @> out_day OR core @> in_day)
                AND in_id NOT IN (SELECT unnest(i_id) FROM same WHERE crowded)
            ORDER BY out_id""".formatted(DAYS, CROWD);

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

    /** Returns the number the last look came to; null when somebody else has the hold. */
    private static Uni<Long> holdIfFree(SqlConnection connection, String tenant, String user) {
        return connection
                .preparedQuery(HOLD_IF_FREE)
                .execute(Tuple.of(tenant, user))
                .chain(rows -> rows.size() == 1
                        ? Uni.createFrom().item(rows)
                        : connection.preparedQuery(FIRST).execute(Tuple.of(tenant, user)))
                .map(rows -> rows.size() == 1 ? rows.iterator().next().getLong(0) : null);
    }

    /** What a look leaves to be done. */
    enum Rest {
        NOTHING,
        /** more rows have changed than one look reads */
        MORE,
        /** everything: somebody else looks or edits, and may not have seen what the caller has written */
        ALL
    }

    /**
     * One look.
     *
     * @param pairs how many were made
     */
    record Look(int pairs, Rest rest) {
        static Look of(int pairs, boolean more) {
            return new Look(pairs, more ? Rest.MORE : Rest.NOTHING);
        }
    }

    /** Which changes a look is about: above the one number, up to the other. */
    private record Slice(long since, long upto) {}

    /** The number of a person's newest change: what a look has to reach for whoever has written until now. */
    Uni<Long> newest(SqlConnection connection, String tenant, String user) {
        return connection.preparedQuery(NEWEST).execute(Tuple.of(tenant, user)).map(rows -> rows.iterator()
                .next()
                .getLong(0));
    }

    /**
     * Pairs what the next {@value #ROWS} changed rows have made certain, unless somebody else is at it. Does nothing when the
     * looks of others have reached that change: however many wait, the next look serves all of them.
     */
    Uni<Look> look(SqlConnection connection, String tenant, String user, long change) {
        return connection
                .preparedQuery(REACHED)
                .execute(Tuple.of(tenant, user, change))
                .chain(reached -> reached.size() == 1
                        ? Uni.createFrom().item(Look.of(0, false))
                        : holdIfFree(connection, tenant, user)
                                .chain(since -> since == null
                                        ? Uni.createFrom().item(new Look(0, Rest.ALL))
                                        : lookFrom(connection, tenant, user, since)));
    }

    private static Uni<Look> lookFrom(SqlConnection connection, String tenant, String user, long since) {
        return connection
                .preparedQuery(SLICE)
                .execute(Tuple.of(tenant, user, since, ROWS))
                .map(rows -> rows.iterator().next())
                .chain(row -> row.getInteger("changed") == 0
                        ? Uni.createFrom().item(Look.of(0, false))
                        : settle(connection, tenant, user, new Slice(since, row.getLong("upto")))
                                .call(() -> connection
                                        .preparedQuery(SCANNED)
                                        .execute(Tuple.of(tenant, user, row.getLong("upto"))))
                                .map(made -> Look.of(made, row.getInteger("changed") == ROWS)));
    }

    /** A pair that was chosen among several frees the others: they may be certain now. */
    private static Uni<Integer> settle(SqlConnection connection, String tenant, String user, Slice slice) {
        return certain(connection, tenant, user, slice).chain(pairs -> write(connection, tenant, user, pairs)
                .chain(made -> made > 0 && pairs.stream().anyMatch(Pair::hadRivals)
                        ? settle(connection, tenant, user, slice).map(more -> made + more)
                        : Uni.createFrom().item(made)));
    }

    private static Uni<List<Pair>> certain(SqlConnection connection, String tenant, String user, Slice slice) {
        return connection
                .preparedQuery(CERTAIN)
                .execute(Tuple.of(tenant, user, slice.since(), slice.upto()))
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
