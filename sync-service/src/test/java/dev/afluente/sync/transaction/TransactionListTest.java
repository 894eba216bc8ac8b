package dev.afluente.sync.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class TransactionListTest {
    private static final String LIST = Person.TRANSACTIONS;
    private static Person person;
    private static List<Map<String, Object>> everything;

    @BeforeEach
    void connectOnce() {
        if (person == null) {
            person = Person.somebody().connects(Sandbox.connect("user-ok"));
            person.awaitRuns(1);
            everything = person.get(LIST + "?limit=500").jsonPath().getList("data");
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "50", "499"})
    void pagesShowEveryRowOnceNewestFirst(int limit) {
        List<Map<String, Object>> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = person.get(LIST + "?limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            paged.addAll(page.getList("data"));
            cursor = page.getString("next_cursor");
        }

        assertThat(paged).isEqualTo(everything);
        assertThat(everything.stream().map(row -> (String) row.get("date")))
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void filtersShowExactlyTheRowsThatFit() {
        Map<String, Object> sample = everything.get(everything.size() / 2);
        Object account = sample.get("account_id");
        Object day = sample.get("booking_day");
        assertShown("account_id=" + account, row -> row.get("account_id").equals(account));
        assertShown("connection_id=" + person.connection, row -> true);
        assertShown("connection_id=" + UUID.randomUUID(), row -> false);
        assertShown("type=debit", row -> row.get("type").equals("DEBIT"));
        assertShown("status=PENDING", row -> row.get("status").equals("PENDING"));
        assertShown("from=" + day, row -> ((String) row.get("booking_day")).compareTo((String) day) >= 0);
        assertShown("to=" + day, row -> ((String) row.get("booking_day")).compareTo((String) day) <= 0);
        assertShown("min_amount=100", row -> amount(row).compareTo(new BigDecimal("100")) >= 0);
        assertShown("max_amount=-100.50", row -> amount(row).compareTo(new BigDecimal("-100.50")) <= 0);
        assertShown("q=%25", row -> false);
        assertShown(
                "q=PIX&type=CREDIT", row -> says(row, "pix") && row.get("type").equals("CREDIT"));
        String merchant = everything.stream()
                .map(row -> party(row, "merchant"))
                .filter(name -> !name.isEmpty())
                .map(name -> name.substring(0, Math.min(5, name.length())).strip())
                .findFirst()
                .orElseThrow();
        assertShown("q=" + merchant, row -> says(row, merchant));
        Object category = sample.get("category_id");
        assertShown("category_id=" + category, row -> category.equals(row.get("category_id")));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, invalid_parameter",
        "limit=501, invalid_parameter",
        "limit=many, invalid_parameter",
        "account_id=x, invalid_parameter",
        "from=2026-13-01, invalid_parameter",
        "to=yesterday, invalid_parameter",
        "min_amount=ten, invalid_parameter",
        "max_amount=1e99999999, invalid_parameter",
        "type=OTHER, invalid_parameter",
        "status=GONE, invalid_parameter",
        "colour=blue, invalid_parameter",
        "type=DEBIT&type=CREDIT, invalid_parameter",
        "q=%00, invalid_parameter",
        "cursor=nonsense, invalid_cursor"
    })
    void malformedParametersAreRefusedWithACode(String query, String code) {
        person.request()
                .urlEncodingEnabled(false)
                .get(LIST + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", org.hamcrest.Matchers.equalTo(code));
    }

    @Test
    void aCursorOfAnotherFilterIsRefused() {
        String cursor = person.get(LIST + "?limit=1").jsonPath().getString("next_cursor");

        person.get(LIST + "?limit=1&type=DEBIT&cursor=" + cursor).then().statusCode(400);
    }

    @Test
    void everyPathAnswersWithAndWithoutATrailingSlash() {
        for (String path : List.of(LIST, "/api/banking/accounts", "/api/banking/sync_runs")) {
            assertThat(person.get(path + "/").asString())
                    .isEqualTo(person.get(path).asString());
        }
        String one = LIST + "/" + everything.get(0).get("id");
        assertThat(person.get(one + "/").jsonPath().getMap("")).isEqualTo(everything.get(0));
    }

    @Test
    void somebodyElsesIsByteForByteUnknown() {
        Person stranger = Person.somebody();
        Person otherTenant = Person.of("acme", person.user);
        for (Map.Entry<String, Object> own : Map.of(
                        LIST,
                        everything.get(0).get("id"),
                        "/api/banking/accounts",
                        person.accounts().get(0).get("id"),
                        "/api/banking/sync_runs",
                        person.runs().get(0).get("id"))
                .entrySet()) {
            byte[] unknown = person.get(own.getKey() + "/" + UUID.randomUUID()).asByteArray();
            assertThat(person.get(own.getKey() + "/not-an-id").asByteArray()).isEqualTo(unknown);
            for (Person other : List.of(stranger, otherTenant)) {
                var answer = other.get(own.getKey() + "/" + own.getValue());
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.asByteArray()).isEqualTo(unknown);
                assertThat(other.get(own.getKey()).jsonPath().getList("data")).isEmpty();
            }
        }
    }

    @Test
    void withoutAValidTokenThereIsNothing() {
        RestAssured.get(LIST).then().statusCode(401).body("code", org.hamcrest.Matchers.equalTo("unauthorized"));
        RestAssured.given()
                .header("Authorization", "Bearer abc.def.ghi")
                .get(LIST)
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    private static void assertShown(String query, Predicate<Map<String, Object>> fits) {
        List<Map<String, Object>> shown = person.get(LIST + "?limit=500&" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data");
        assertThat(shown).as(query).isEqualTo(everything.stream().filter(fits).toList());
    }

    private static boolean says(Map<String, Object> row, String words) {
        return Stream.of((String) row.get("description"), party(row, "merchant"), party(row, "counterparty"))
                .anyMatch(text -> SearchText.of(text).contains(SearchText.of(words)));
    }

    @SuppressWarnings("unchecked") // a party is an object
    private static String party(Map<String, Object> row, String kind) {
        Map<String, Object> party = (Map<String, Object>) row.get(kind);
        return party == null || party.get("name") == null ? "" : (String) party.get("name");
    }

    private static BigDecimal amount(Map<String, Object> row) {
        return new BigDecimal((String) row.get("amount"));
    }
}
