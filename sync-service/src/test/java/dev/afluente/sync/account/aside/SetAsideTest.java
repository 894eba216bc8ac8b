package dev.afluente.sync.account.aside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.sync.support.Books;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SetAsideTest {
    private static final String HASH = "0f1b2c3d-0000-3000-8000-000000000001";

    private final Person person = Person.somebody();
    private UUID account;

    @BeforeEach
    void anAccount() {
        account = new Books(person).account("CREDIT", "0");
    }

    @Test
    void aRowIsNamedWithItsReasonAndNeverShown() {
        put("t\"1", "absurd_date", "{\"id\":\"t\\\"1\",\"description\":\"secret\"}", 3);
        put(HASH, "missing_id", "{\"id\":\"\",\"description\":\"secret\"}", 2);
        put("bill b1", "missing_date", "{\"id\":\"b1\"}", 1);
        put("cut", "of_a_later_version", "{\"description\":\"secret", 0);

        String body = person.get(path(account)).then().statusCode(200).extract().asString();

        JsonPath page = JsonPath.from(body);
        assertThat(page.getList("data.provider_id")).containsExactly(null, "b1", null, "t\"1");
        assertThat(page.getList("data.product"))
                .containsExactly("TRANSACTIONS", "BILLS", "TRANSACTIONS", "TRANSACTIONS");
        assertThat(page.getList("data.reason"))
                .containsExactly("of_a_later_version", "missing_date", "missing_id", "absurd_date");
        assertThat(page.getList("data.meaning", String.class).get(0)).isNull();
        assertThat(page.getList("data.meaning", String.class).subList(1, 4)).doesNotContainNull();
        assertThat(page.getList("data.set_aside_at")).doesNotContainNull();
        assertThat(body).doesNotContain("secret");
    }

    /** Rows of one page are set aside in one moment. */
    @Test
    void pagesShowEveryRowOnce() {
        for (int i = 0; i < 7; i++) {
            put("row-" + i, "missing_date", "{\"id\":\"row-" + i + "\"}", i / 4);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = person.get(path(account) + "?limit=2" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Map<String, Object>> rows = page.getList("data");
            rows.forEach(row -> seen.add((String) row.get("provider_id")));
            cursor = page.getString("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void nobodySeesAnothersAndNothingElseIsTaken() {
        put("t1", "missing_date", "{}", 0);
        for (Person other : List.of(Person.somebody(), Person.of("acme", person.user))) {
            assertThat(other.get(path(account)).asByteArray())
                    .isEqualTo(other.get(path(UUID.randomUUID())).asByteArray());
            other.get(path(account)).then().statusCode(404).body("code", equalTo("account_not_found"));
        }
        person.get(path(account) + "?reason=missing_date").then().statusCode(400);
        person.get(path(account) + "?cursor=abc").then().statusCode(400).body("code", equalTo("invalid_cursor"));
    }

    private void put(String key, String reason, String data, int minutesAgo) {
        Sql.run("""
                INSERT INTO set_aside (tenant_id, account_id, row_key, reason, row_data, run_id, received_at)
                VALUES ($1, $2, $3, $4, $5, $6, timestamptz '2026-03-10T12:00:00Z' - make_interval(mins => $7))""", person.tenant, account, key, reason, data, UUID.randomUUID(), minutesAgo);
    }

    private static String path(UUID account) {
        return "/api/banking/accounts/" + account + "/set_aside";
    }
}
