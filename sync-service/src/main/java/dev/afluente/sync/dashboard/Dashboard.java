package dev.afluente.sync.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afluente.model.http.Caller;
import dev.afluente.sync.bill.BillPayment;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.http.Language;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.YearMonth;

/**
 * Adds a person's month up in one statement, which sees one moment: no sum disagrees with another. It reads the month's
 * rows once, along the list's index. Sums travel as text and stay exact.
 */
@ApplicationScoped
public class Dashboard {
    /**
     * The days around the month only lead along the index; the booking day decides. A card's bill is often paid from a bank
     * that is not connected, in parts or on another day, so that there is no pair: the payment is left out by what it says.
     */
    private static final String BOOKED = """
            WITH own AS (
                SELECT a.id, a.connection_id, a.type, a.currency, coalesce(a.balance, 0) AS balance, a.read_at,
                    coalesce(l.removed, false) AS removed
                FROM account a LEFT JOIN link l ON l.tenant_id = a.tenant_id AND l.connection_id = a.connection_id
                WHERE a.tenant_id = $1 AND a.user_id = $2),
            booked AS (
                SELECT t.amount, t.currency, t.category_id, t.connection_id FROM transaction t
                WHERE t.tenant_id = $1 AND t.user_id = $2 AND t.deleted_at IS NULL
                    AND t.date >= $3::date - interval '2 days' AND t.date < $4::date + interval '3 days'
                    AND t.booking_day BETWEEN $3 AND $4
                    AND t.id NOT IN (SELECT unnest(ARRAY[x.out_id, x.in_id]) FROM transfer x
                        WHERE x.tenant_id = $1 AND x.user_id = $2)
                    AND NOT (t.account_id IN (SELECT id FROM own WHERE type = 'CREDIT') AND %s)),
            sums AS (
                SELECT currency, category_id, connection_id,
                    grouping(category_id) = 0 AS of_category, grouping(connection_id) = 0 AS of_connection,
                    coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS income,
                    coalesce(sum(amount) FILTER (WHERE amount < 0), 0) AS expense,
                    sum(amount) AS net, count(*) AS transactions
                FROM booked GROUP BY GROUPING SETS ((currency), (currency, category_id), (currency, connection_id))),
            named AS (
                SELECT DISTINCT ON (id) id, name, parent_id FROM (
                    SELECT id, CASE WHEN $5 THEN name_en ELSE name_pt END AS name, parent_id FROM provider_category
                    UNION ALL
                    SELECT id::text, name, parent_id FROM category WHERE tenant_id = $1 AND user_id = $2) every),
            held AS (
                SELECT connection_id, currency, bool_and(removed) AS removed,
                    coalesce(sum(balance) FILTER (WHERE type = 'BANK'), 0) AS bank,
                    coalesce(sum(balance) FILTER (WHERE type = 'CREDIT'), 0) AS card_debt,
                    count(*) FILTER (WHERE type = 'BANK') AS accounts,
                    count(*) FILTER (WHERE type = 'CREDIT') AS cards,
                    CASE WHEN count(read_at) = count(*) THEN min(read_at) END AS last_read_at
                FROM own GROUP BY connection_id, currency)""".formatted(BillPayment.IS_PAYMENT);

    private static final String BALANCES = """
            SELECT currency, sum(bank)::text AS bank, sum(card_debt)::text AS card_debt,
                sum(bank - card_debt)::text AS net, sum(accounts) AS accounts, sum(cards) AS cards
            FROM held WHERE NOT removed GROUP BY currency ORDER BY currency""";

    private static final String MONTH = """
            SELECT currency, income::text, expense::text, net::text, transactions
            FROM sums WHERE NOT of_category AND NOT of_connection ORDER BY currency""";

    private static final String CATEGORIES = """
            SELECT s.category_id, n.name AS category, n.parent_id, s.currency, s.income::text, s.expense::text,
                s.net::text, s.transactions
            FROM sums s LEFT JOIN named n ON n.id = s.category_id
            WHERE s.of_category ORDER BY s.net, s.currency, s.category_id""";

    private static final String CONNECTIONS = """
            SELECT coalesce(h.connection_id, s.connection_id) AS connection_id, coalesce(h.removed, true) AS removed,
                coalesce(h.currency, s.currency) AS currency, coalesce(h.bank, 0)::text AS bank,
                coalesce(h.card_debt, 0)::text AS card_debt, coalesce(s.income, 0)::text AS income,
                coalesce(s.expense, 0)::text AS expense, coalesce(s.net, 0)::text AS net,
                coalesce(s.transactions, 0) AS transactions, h.last_read_at
            FROM held h FULL JOIN (SELECT * FROM sums WHERE of_connection) s
                ON s.connection_id = h.connection_id AND s.currency = h.currency
            ORDER BY 1, 3""";

    private static final String RECENT = """
            SELECT r.id, r.account_id, r.booking_day, r.description, r.amount::text, r.currency, r.status, r.category_id,
                coalesce(n.name, CASE WHEN r.category_id = r.provider_category_id THEN r.provider_category END) AS category
            FROM (SELECT * FROM transaction
                  WHERE tenant_id = $1 AND user_id = $2 AND deleted_at IS NULL AND date <= now()
                  ORDER BY date DESC, id DESC LIMIT 10) r
                LEFT JOIN named n ON n.id = r.category_id
            ORDER BY r.date DESC, r.id DESC""";

    private static final String ALL = BOOKED
            + " SELECT json_build_object('month', $6::text, 'from', $3::date, 'to', $4::date, 'balances', "
            + list(BALANCES) + ", 'totals', " + list(MONTH) + ", 'categories', " + list(CATEGORIES)
            + ", 'connections', " + list(CONNECTIONS) + ", 'recent', " + list(RECENT) + ")::text";

    private final Ledger ledger;
    private final ObjectMapper json;

    @Inject
    public Dashboard(Ledger ledger, ObjectMapper json) {
        this.ledger = ledger;
        this.json = json;
    }

    /** @param language in which providers' categories are named */
    Uni<DashboardView> of(Caller caller, YearMonth month, Language language) {
        Tuple values = Tuple.tuple()
                .addString(caller.tenant())
                .addString(caller.user())
                .addLocalDate(month.atDay(1))
                .addLocalDate(month.atEndOfMonth())
                .addBoolean(language == Language.ENGLISH)
                .addString(month.toString());
        return ledger.ofTenant(
                        caller.tenant(),
                        connection -> connection.preparedQuery(ALL).execute(values))
                .map(rows -> read(rows.iterator().next().getString(0)));
    }

    private DashboardView read(String text) {
        try {
            return json.readValue(text, DashboardView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The statement and its view differ", e);
        }
    }

    private static String list(String query) {
        return "(SELECT coalesce(json_agg(e), '[]') FROM (" + query + ") e)";
    }
}
