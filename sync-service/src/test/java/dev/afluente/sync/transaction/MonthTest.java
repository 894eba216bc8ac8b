package dev.afluente.sync.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.http.Query;
import dev.afluente.sync.support.Books;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Plan;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A month long ago costs what it holds, however much has come since: ten rows a day, over eight years. */
@QuarkusTest
class MonthTest {
    /** Two days and three more around the month are walked. */
    private static final long AROUND = 36 * 10;

    private static Person person;
    private static UUID account;

    @BeforeEach
    void manyYearsOnce() {
        if (person != null) {
            return;
        }
        person = Person.somebody();
        account = new Books(person).account("BANK", "0");
        Sql.run("""
                INSERT INTO transaction (tenant_id, id, user_id, connection_id, account_id, provider_id, date, booking_day,
                    amount, currency, provider_amount, description, search_text, type, status, change_seq, first_seq,
                    shown_seq)
                SELECT 'default', gen_random_uuid(), $1, $2, $2, 'm' || n, at, (at AT TIME ZONE 'America/Sao_Paulo')::date,
                    -n, 'BRL', -n, 'x', 'x', 'DEBIT', 'POSTED', 1, 1, 1
                FROM generate_series(1, 29000) n,
                    LATERAL (SELECT timestamptz '2025-12-31T12:00:00Z' - n * interval '144 minutes' AS at) day""", person.user, account);
        Sql.run("ANALYZE transaction");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "account_id", "connection_id"})
    void theRowsAfterItAreNotRead(String narrowed) {
        MultivaluedHashMap<String, String> asked = new MultivaluedHashMap<>();
        asked.add("from", "2019-02-01");
        asked.add("to", "2019-02-28");
        if (!narrowed.isEmpty()) {
            asked.add(narrowed, account.toString());
        }
        StringBuilder sql = new StringBuilder(
                "SELECT * FROM transaction WHERE tenant_id = $1 AND user_id = $2 AND deleted_at IS NULL");
        Tuple values = Tuple.of(person.tenant, person.user);
        TransactionFilter.of(Query.of(asked, asked.keySet())).appendTo(sql, values);

        long listed = Plan.rows(person.tenant, sql + " ORDER BY date DESC, id DESC LIMIT 501", values);
        long picked = Plan.rows(person.tenant, sql + " LIMIT 20001", values);

        // Each row is in the hands of two or three steps of a plan.
        assertThat(List.of(listed, picked)).allMatch(rows -> rows >= 28 * 10 && rows < 3 * AROUND);
    }

    @Test
    void theMonthIsWhole() {
        assertThat(person.get(Person.TRANSACTIONS + "?limit=500&from=2019-02-01&to=2019-02-28")
                        .jsonPath()
                        .getList("data.booking_day"))
                .hasSize((int) Sql.number(
                        "SELECT count(*) FROM transaction WHERE user_id = $1 AND to_char(booking_day, 'YYYY-MM') = '2019-02'",
                        person.user))
                .contains("2019-02-01", "2019-02-28");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=%2B10000-01-01", "to=%2B999999999-12-31", "from=-0001-01-01", "to=0000-12-31"})
    void aDayOfNoYearIsRefused(String query) {
        person.get(Person.TRANSACTIONS + "?" + query).then().statusCode(400);
        person.get(Person.TRANSACTIONS + "?from=0001-01-01&to=9999-12-31")
                .then()
                .statusCode(200);
    }
}
