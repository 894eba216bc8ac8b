package dev.afluente.sync.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.sync.support.Books;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BalanceProofTest {
    private final Person person = Person.somebody();
    private String item;
    private int runs;

    @Test
    void whatTheBankMovedIsWhatTheRowsMoved() {
        connect();
        Object account = account("BANK");
        BigDecimal first = decimal(balance(account));
        assertThat(proof(account).getList("data")).isEmpty();

        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("add", 7),
                Map.of("change", 5, "add_pending", 2),
                Map.of("remove", 4),
                Map.of("post_pending", true))) {
            Sandbox.change(item, change);
            sync();
        }

        JsonPath proof = proof(account);
        List<Map<String, Object>> intervals = proof.getList("data");
        assertThat(intervals).hasSizeBetween(2, 4);
        assertThat(intervals)
                .allSatisfy(each -> assertThat(decimal(each.get("drift"))).isZero());
        assertThat(proof.getString("basis")).isEqualTo("POSTED");
        assertThat(proof.getBoolean("conclusive")).isTrue();
        assertThat(decimal(intervals.get(0).get("to_balance"))).isEqualByComparingTo(decimal(balance(account)));
        assertThat(decimal(intervals.get(intervals.size() - 1).get("from_balance")))
                .isEqualByComparingTo(first);
    }

    @Test
    void anAccountAtRestIsNotedOnce() {
        connect();
        Object account = account("BANK");
        sync();
        sync();

        assertThat(points(account)).isEqualTo(1);
    }

    @Test
    void driftIsShownWhereItAroseAndNeverHidden() {
        connect();
        Object account = account("BANK");
        // A row that the bank never sent, which syncs leave alone: nobody but the balance can tell.
        LocalDate longAgo = LocalDate.now(ZoneOffset.UTC).minusDays(200);
        UUID row = new Books(person).row(UUID.fromString((String) account), longAgo, "-12.34");
        Sql.run("UPDATE transaction SET pinned = true WHERE id = $1", row);
        sync();
        Sandbox.change(item, Map.of("add", 3));
        sync();

        JsonPath proof = proof(account);
        assertThat(decimal(proof.get("drift"))).isEqualByComparingTo("12.34");
        assertThat(proof.getList("data.drift").stream()
                        .map(BalanceProofTest::decimal)
                        .map(BigDecimal::stripTrailingZeros))
                .containsExactly(BigDecimal.ZERO, new BigDecimal("12.34"));

        List<Object> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = person.get(path(account) + "?limit=1" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            paged.addAll(page.getList("data"));
            cursor = page.getString("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        }
        assertThat(paged).isEqualTo(proof.getList("data"));
    }

    @Test
    void aCardsProofCountsWhatStandsOnTheOpenBillAndClaimsLess() {
        connect();
        Object card = account("CREDIT");
        String provider = (String) person.accounts().stream()
                .filter(each -> each.get("id").equals(card))
                .findFirst()
                .orElseThrow()
                .get("provider_id");
        Sandbox.change(item, Map.of("account_id", provider, "add", 3, "add_pending", 2));
        sync();

        JsonPath proof = proof(card);
        assertThat(proof.getString("basis")).isEqualTo("POSTED_AND_PENDING");
        assertThat(proof.getBoolean("conclusive")).isFalse();
        assertThat(proof.getList("data")).hasSize(1);
        assertThat(decimal(proof.get("data[0].drift"))).isZero();
        assertThat(decimal(proof.get("data[0].balance_change"))).isPositive();
    }

    @Test
    void aReadThatIsNotCompleteProvesNothing() {
        connect();
        Object account = account("BANK");
        Sandbox.changeAndTell(item, Map.of("change", 3));
        person.awaitRuns(++runs);

        assertThat(points(account)).isEqualTo(1);
    }

    @Test
    void anothersAccountHasNoProof() {
        connect();
        String path = path(account("BANK"));
        Person.somebody().get(path).then().statusCode(404).body("code", equalTo("account_not_found"));
        person.get(path + "?cursor=x").then().statusCode(400).body("code", equalTo("invalid_cursor"));
    }

    private void connect() {
        item = Sandbox.connect("user-ok-40");
        person.connects(item);
        person.awaitRuns(++runs);
    }

    private void sync() {
        // Asked for: it reads everything new, also when the provider has collected nothing since.
        UUID run = person.asksForRun(false);
        person.awaitRun(run, "SUCCEEDED");
        runs++;
    }

    private Object account(String type) {
        return person.accounts().stream()
                .filter(account -> account.get("type").equals(type))
                .findFirst()
                .orElseThrow()
                .get("id");
    }

    private Object balance(Object account) {
        return person.get("/api/banking/accounts/" + account).jsonPath().get("balance");
    }

    private static long points(Object account) {
        return Sql.number(
                "SELECT count(*) FROM balance_point WHERE account_id = $1", UUID.fromString((String) account));
    }

    private static String path(Object account) {
        return "/api/banking/accounts/" + account + "/balance_proof";
    }

    private JsonPath proof(Object account) {
        return person.get(path(account)).then().statusCode(200).extract().jsonPath();
    }

    private static BigDecimal decimal(Object text) {
        return new BigDecimal((String) text);
    }
}
