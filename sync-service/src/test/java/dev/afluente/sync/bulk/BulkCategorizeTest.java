package dev.afluente.sync.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BulkCategorizeTest {
    private static final String BULK = "/api/banking/transactions/bulk_categorize";
    private static final String FOOD = "11000000";

    private final Person person = Person.somebody();

    @Test
    void theNamedOnesAreCountedAsWhatBecameOfThem() {
        connect();
        List<String> ids = ids("").subList(0, 5);
        List<String> asked = new ArrayList<>(ids);
        asked.add(UUID.randomUUID().toString());
        asked.add(anotherPersons());
        asked.add(ids.get(0));

        assertCounts(categorize(Map.of("transaction_ids", asked, "category_id", FOOD)), 5, 5, 0, 2);
        assertThat(carrying(FOOD)).isEqualTo(5);
        long seq = seq();
        assertCounts(categorize(Map.of("transaction_ids", asked, "category_id", FOOD)), 5, 0, 5, 2);
        assertThat(seq()).as("no row was written").isEqualTo(seq);

        Map<String, Object> back = new HashMap<>(Map.of("transaction_ids", asked));
        back.put("category_id", null);
        assertCounts(categorize(back), 5, 5, 0, 2);
        assertThat(carrying(FOOD)).isZero();
    }

    @Test
    void aFilterMeansExactlyWhatTheListShows() {
        connect();
        for (Map<String, String> filter : List.of(
                Map.of("type", "DEBIT"),
                Map.of("q", "PIX", "max_amount", "-50"),
                Map.of("from", "2026-09-01", "to", "2026-10-15", "status", "posted"),
                Map.of("connection_id", UUID.randomUUID().toString()))) {
            String own =
                    person.makes("/api/banking/categories", Map.of("name", "c" + filter.size() + filter.hashCode()));
            StringBuilder query = new StringBuilder();
            filter.forEach(
                    (name, value) -> query.append('&').append(name).append('=').append(value));
            List<String> listed = ids(query.toString());

            assertCounts(categorize(Map.of("filter", filter, "category_id", own)), listed.size(), listed.size(), 0, 0);

            List<String> changed = new ArrayList<>();
            Sql.run("SELECT id::text FROM transaction WHERE user_id = $1 AND category_id = $2", person.user, own)
                    .forEach(row -> changed.add(row.getString(0)));
            assertThat(changed).as(filter.toString()).containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void aBillsRowsAreMeantTogether() {
        person.connects(Sandbox.connect("user-ok")).awaitRuns(1);
        String bill =
                person.get(Person.TRANSACTIONS + "?limit=500").jsonPath().getList("data.bill_id", String.class).stream()
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
        int onIt = ids("&bill_id=" + bill).size();
        assertThat(onIt).isPositive().isLessThan(ids("").size());

        assertCounts(categorize(Map.of("filter", Map.of("bill_id", bill), "category_id", FOOD)), onIt, onIt, 0, 0);

        assertThat(carrying(FOOD)).isEqualTo(onIt);
    }

    @Test
    void withARuleTheSameIsDoneFromNowOn() {
        connect();
        int listed = ids("&q=pix&type=DEBIT").size();
        assertThat(listed).isPositive();

        JsonPath answer = categorize(
                Map.of("filter", Map.of("q", "pix", "type", "DEBIT"), "category_id", FOOD, "create_rule", true));

        assertCounts(answer, listed, listed, 0, 0);
        assertThat(answer.getString("rule.text")).isEqualTo("pix");
        assertThat(answer.getString("rule.type")).isEqualTo("DEBIT");
        assertThat(Sql.number(
                        "SELECT count(*) FROM transaction WHERE user_id = $1 AND rule_category_id = $2",
                        person.user,
                        FOOD))
                .isEqualTo(listed);

        JsonPath named = categorize(Map.of(
                "transaction_ids",
                ids("").subList(0, 1),
                "category_id",
                FOOD,
                "create_rule",
                Map.of("merchant", "Padaria")));
        assertThat(named.getString("rule.merchant")).isEqualTo("Padaria");
        assertThat(person.get("/api/banking/category_rules").jsonPath().getList("data"))
                .hasSize(2);
    }

    @Test
    void whatFailsLeavesNothingBehind() {
        connect();
        List<String> ids = ids("").subList(0, 3);
        String theirs = Person.somebody().makes("/api/banking/categories", Map.of("name", "Minha"));
        String unknown = UUID.randomUUID().toString();
        byte[] answer = refused(Map.of("transaction_ids", ids, "category_id", unknown), 404, "category_not_found")
                .extract()
                .asByteArray();
        assertThat(refused(Map.of("transaction_ids", ids, "category_id", theirs), 404, "category_not_found")
                        .extract()
                        .asByteArray())
                .isEqualTo(answer);
        // The rows come before the rule: its refusal takes them back.
        refused(
                Map.of("transaction_ids", ids, "category_id", FOOD, "create_rule", Map.of("document", "1")),
                400,
                "invalid_body");

        assertThat(carrying(FOOD)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"category_id\":\"11000000\"}",
                "{\"transaction_ids\":[],\"category_id\":\"11000000\"}",
                "{\"transaction_ids\":[\"x\"],\"category_id\":\"11000000\"}",
                "{\"transaction_ids\":[5],\"category_id\":\"11000000\"}",
                "{\"transaction_ids\":\"x\",\"category_id\":\"11000000\"}",
                "{\"filter\":{},\"category_id\":\"11000000\"}",
                "{\"filter\":{\"limit\":\"5\"},\"category_id\":\"11000000\"}",
                "{\"filter\":{\"colour\":\"x\"},\"category_id\":\"11000000\"}",
                "{\"filter\":{\"min_amount\":5},\"category_id\":\"11000000\"}",
                "{\"filter\":{\"type\":\"DEBIT\"}}",
                "{\"filter\":{\"type\":\"DEBIT\"},\"category_id\":null,\"create_rule\":true}",
                "{\"filter\":{\"status\":\"POSTED\"},\"category_id\":\"11000000\",\"create_rule\":true}",
                "{\"filter\":{\"type\":\"DEBIT\"},\"category_id\":\"11000000\",\"create_rule\":\"yes\"}",
                "{\"filter\":{\"type\":\"DEBIT\"},\"transaction_ids\":[\"01956f5c-7a20-7c3e-9d5b-3f0a4c1e2b7d\"],\"category_id\":null}"
            })
    void aBodyThatDoesNotSayWhatToDoIsRefused(String body) {
        person.post(BULK, body).then().statusCode(400).body("code", equalTo("invalid_body"));
    }

    @Test
    void aFiltersValueIsRefusedAsTheListRefusesIt() {
        refused(Map.of("filter", Map.of("from", "yesterday"), "category_id", FOOD), 400, "invalid_parameter")
                .body("parameter", equalTo("from"));
    }

    @Test
    void moreThanTwentyThousandAreNotHeldUpAtOnce() {
        Sql.run("""
                INSERT INTO transaction (tenant_id, id, user_id, connection_id, account_id, provider_id, date, booking_day,
                    amount, currency, provider_amount, description, search_text, type, status, change_seq, first_seq, shown_seq)
                SELECT 'default', gen_random_uuid(), $1, $2, $2, 'p' || n, now(), current_date, 1, 'BRL', 1, 'many', 'many',
                    'CREDIT', 'POSTED', 1, 1, 1 FROM generate_series(1, $3::int) n""", person.user, UUID.randomUUID(), BulkCategorisation.MAX_ROWS + 1);

        refused(Map.of("filter", Map.of("q", "many"), "category_id", FOOD), 400, "invalid_body");
        assertThat(carrying(FOOD)).isZero();
        Sql.run("DELETE FROM transaction WHERE user_id = $1 AND description = 'many'", person.user);
    }

    private void connect() {
        person.connects(Sandbox.connect("user-ok-90")).awaitRuns(1);
    }

    private String anotherPersons() {
        Person other = Person.somebody().connects(Sandbox.connect("user-ok-10"));
        other.awaitRuns(1);
        return other.get(Person.TRANSACTIONS).jsonPath().getString("data[0].id");
    }

    private JsonPath categorize(Map<String, Object> body) {
        return person.post(BULK, body).then().statusCode(200).extract().jsonPath();
    }

    private ValidatableResponse refused(Map<String, Object> body, int status, String code) {
        return person.post(BULK, body).then().statusCode(status).body("code", equalTo(code));
    }

    private List<String> ids(String query) {
        return person.get(Person.TRANSACTIONS + "?limit=500" + query).jsonPath().getList("data.id");
    }

    private long carrying(String category) {
        return Sql.number(
                "SELECT count(*) FROM transaction WHERE user_id = $1 AND user_category_id = $2", person.user, category);
    }

    private long seq() {
        return Sql.number("SELECT max(change_seq) FROM transaction WHERE user_id = $1", person.user);
    }

    private static void assertCounts(JsonPath answer, int matched, int changed, int unchanged, int notFound) {
        assertThat(List.of(
                        answer.getInt("matched"),
                        answer.getInt("changed"),
                        answer.getInt("unchanged"),
                        answer.getInt("not_found")))
                .isEqualTo(List.of(matched, changed, unchanged, notFound));
    }
}
