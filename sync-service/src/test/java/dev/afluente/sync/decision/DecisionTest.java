package dev.afluente.sync.decision;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every row is explained, and what the merge decided can be taken back for good. */
@QuarkusTest
class DecisionTest {
    private static final String OPERATOR = IdentityResource.tokens()
            .sign(TokenClaims.of("operator").withTenant("default").withGroups(Set.of("operator")));

    private String item;
    private Person person;

    @BeforeEach
    void aPersonHasRows() {
        item = Sandbox.connect("user-ok-30");
        person = Person.somebody().connects(item);
        person.awaitRuns(1);
    }

    @Test
    void everyRowSaysWhyItIsThere() {
        for (Map<String, Object> row : rows()) {
            List<Map<String, Object>> decisions = decisions(row.get("id"));
            assertThat(decisions).extracting("kind").containsExactly("NEW");
            assertThat(decisions).extracting("meaning").doesNotContainNull();
        }
    }

    @Test
    void aCorrectionIsExplainedTakenBackAndStaysSo() {
        Map<Object, Map<String, Object>> before = byId();
        Sandbox.changeAndTell(item, Map.of("change", 1));
        settle();
        Map<String, Object> changed = rows().stream()
                .filter(row -> !row.equals(before.get(row.get("id"))))
                .findFirst()
                .orElseThrow();
        Map<String, Object> decision = decisions(changed.get("id")).get(0);
        assertThat(decision).containsEntry("kind", "CHANGED").containsEntry("reason", "corrected_by_provider");
        assertThat((Map<?, ?>) decision.get("before")).isNotEmpty();

        Response undone = undo(decision.get("id"));

        assertThat(undone.statusCode()).isEqualTo(200);
        assertShownAs(before.get(changed.get("id")));
        long writes = writes();
        assertThat(undo(decision.get("id")).asString()).isEqualTo(undone.asString());
        assertThat(writes()).isEqualTo(writes);
        syncEverything();
        assertShownAs(before.get(changed.get("id")));
        assertThat(decisions(changed.get("id"))).extracting("kind").containsExactly("UNDONE", "CHANGED", "NEW");
    }

    @Test
    void whatATakenBackRowIsPairedWithAndWhatRulesSayOfItFollow() {
        Map<Object, Map<String, Object>> before = byId();
        Sandbox.changeAndTell(item, Map.of("change", 20));
        settle();
        Map<String, Object> row = rows().stream()
                .filter(each -> !each.get("description").equals(text(before.get(each.get("id")))))
                .findFirst()
                .orElseThrow();
        Map<String, Object> other = rows().stream()
                .filter(each -> !each.get("id").equals(row.get("id")))
                .findFirst()
                .orElseThrow();
        Sql.run(
                "INSERT INTO transfer (tenant_id, id, user_id, out_id, in_id, kind, made_by)"
                        + " VALUES ('default', $1, $2, $3, $4, 'OWN_ACCOUNTS', 'RULE')",
                UUID.randomUUID(),
                person.user,
                UUID.fromString((String) row.get("id")),
                UUID.fromString((String) other.get("id")));
        person.makes(
                "/api/banking/category_rules",
                Map.of("text", text(before.get(row.get("id"))), "text_match", "EQUALS", "category_id", "07000000"));

        undo(decisions(row.get("id")).get(0).get("id"));

        assertThat(byId().get(row.get("id")))
                .containsEntry("description", text(before.get(row.get("id"))))
                .containsEntry("category_source", "rule");
        assertThat(Sql.number("SELECT count(*) FROM transfer WHERE user_id = $1", person.user))
                .isZero();
    }

    private static Object text(Map<String, Object> row) {
        return row.get("description");
    }

    @Test
    void aRemovalIsTakenBackAndStaysSo() {
        Map<Object, Map<String, Object>> before = byId();
        Sandbox.changeAndTell(item, Map.of("remove", 1));
        settle();
        Object gone = before.keySet().stream()
                .filter(id -> !byId().containsKey(id))
                .findFirst()
                .orElseThrow();
        Map<String, Object> decision = decisions(gone).get(0);
        assertThat(decision).containsEntry("kind", "REMOVED");

        assertThat(undo(decision.get("id")).jsonPath().getBoolean("removed")).isFalse();
        syncEverything();

        assertThat(byId()).containsKey(gone);
        assertThat(changeNumber(gone))
                .isEqualTo(Sql.number(
                        "SELECT seq FROM decision WHERE transaction_id = $1 AND kind = 'UNDONE'",
                        UUID.fromString((String) gone)));
    }

    @Test
    void twoRowsThatWereTakenForOneAreTwoAgainAndStaySo() {
        Map<Object, Map<String, Object>> before = byId();
        Sandbox.changeAndTell(item, Map.of("reissue_ids", true));
        settle();
        person.seesExactly(Sandbox.ledger(item));
        assertThat(byId().keySet()).isEqualTo(before.keySet());
        Object row = before.keySet().iterator().next();
        Map<String, Object> decision = decisions(row).get(0);
        assertThat(decision).containsEntry("kind", "SAME_AS");

        Response undone = undo(decision.get("id"));
        Object other = undone.jsonPath().get("split_into");
        syncEverything();

        assertThat(byId()).containsKey(other);
        if (undone.jsonPath().getBoolean("removed")) {
            // its removal had been told first, and stands
            assertThat(byId()).hasSize(before.size()).doesNotContainKey(row);
        } else {
            assertThat(byId()).hasSize(before.size() + 1);
            assertThat(byId().get(row))
                    .containsEntry("provider_id", before.get(row).get("provider_id"));
        }
        assertThat(decisions(other)).extracting("reason").containsExactly("split_by_operator");
        assertThat(undo(decision.get("id")).asString()).isEqualTo(undone.asString());
    }

    @Test
    void aRowThatIsNoneIsTakenAwayAndStaysAway() {
        Map<Object, Map<String, Object>> before = byId();
        Object row = before.keySet().iterator().next();
        Object whyNew = decisions(row).get(0).get("id");
        String path = whyNew + "/undo?transaction_id=";

        Response undone = operate(path + row);

        assertThat(undone.statusCode()).isEqualTo(200);
        assertThat(undone.jsonPath().getBoolean("removed")).isTrue();
        assertThat(byId().keySet()).hasSize(before.size() - 1).doesNotContain(row);
        long writes = writes();
        assertThat(operate(path + row).asString()).isEqualTo(undone.asString());
        assertThat(writes()).isEqualTo(writes);
        syncEverything();
        assertThat(byId().keySet()).hasSize(before.size() - 1).doesNotContain(row);
        assertThat(decisions(row)).extracting("kind").containsExactly("UNDONE", "NEW");
        assertThat(changeNumber(row))
                .isEqualTo(Sql.number(
                        "SELECT seq FROM decision WHERE transaction_id = $1 AND kind = 'UNDONE'",
                        UUID.fromString((String) row)));
        assertThat(operate(path + UUID.randomUUID()).jsonPath().getString("code"))
                .isEqualTo("decision_not_found");
    }

    @Test
    void aNewRowOfWhichMoreWasDecidedIsNotTakenAwayBeforeThatIs() {
        Sandbox.changeAndTell(item, Map.of("change", 1));
        settle();
        Object row = rows().stream()
                .map(each -> each.get("id"))
                .filter(id -> decisions(id).size() > 1)
                .findFirst()
                .orElseThrow();
        List<Map<String, Object>> decisions = decisions(row);
        String path = decisions.get(1).get("id") + "/undo?transaction_id=" + row;

        assertThat(operate(path).jsonPath().getString("code")).isEqualTo("decision_final");
        undo(decisions.get(0).get("id"));
        assertThat(operate(path).jsonPath().getBoolean("removed")).isTrue();
    }

    @Test
    void whatIsFinalIsRefused() {
        Object row = rows().get(0).get("id");
        Object whyNew = decisions(row).get(0).get("id");
        assertThat(undo(whyNew).jsonPath().getString("code")).isEqualTo("decision_final");

        Sandbox.changeAndTell(item, Map.of("reissue_ids", true));
        settle();
        Object first = decisions(row).get(0).get("id");
        Sandbox.changeAndTell(item, Map.of("reissue_ids", true));
        settle();
        assertThat(undo(first).jsonPath().getString("code")).isEqualTo("decision_final");
        assertThat(undo(UUID.randomUUID()).jsonPath().getString("code")).isEqualTo("decision_not_found");
        Object last = decisions(row).get(0).get("id");
        Object undone = undo(last).jsonPath().get("undone_by");
        assertThat(undo(undone).jsonPath().getString("code")).isEqualTo("decision_final");
    }

    @Test
    void operatorsFindDecisionsPageByPage() {
        Sandbox.changeAndTell(item, Map.of("reissue_ids", true));
        settle();
        Object account = person.accounts().get(0).get("id");
        String list = "/api/banking/decisions?kind=same_as&account_id=" + account;
        List<Object> whole = operator().get(list + "&limit=500").jsonPath().getList("data.id");
        assertThat(whole).hasSizeGreaterThan(10);

        List<Object> paged = new java.util.ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = operator().get(list + "&limit=7" + cursor).jsonPath();
            paged.addAll(page.getList("data.id"));
            cursor = page.getString("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        }

        assertThat(paged).isEqualTo(whole);
    }

    private void assertShownAs(Map<String, Object> row) {
        assertThat(byId().get(row.get("id")))
                .usingRecursiveComparison()
                .ignoringFields("updated_at")
                .isEqualTo(row);
    }

    private void settle() {
        person.comesToSee(item);
        person.awaitRuns(1);
    }

    private void syncEverything() {
        Sql.run("UPDATE account SET full_read_at = NULL, watermark = NULL WHERE user_id = $1", person.user);
        int finished = person.runs().size();
        Stream.notified("transactions/created", item);
        person.awaitRuns(finished + 1);
    }

    private List<Map<String, Object>> rows() {
        return person.accounts().stream()
                .flatMap(account -> person.transactions(account.get("id")).stream())
                .toList();
    }

    private Map<Object, Map<String, Object>> byId() {
        Map<Object, Map<String, Object>> rows = new java.util.HashMap<>();
        rows().forEach(row -> rows.put(row.get("id"), row));
        return rows;
    }

    private List<Map<String, Object>> decisions(Object row) {
        Response answer = person.get("/api/banking/transactions/" + row + "/decisions");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.jsonPath().getList("data");
    }

    private Response undo(Object decision) {
        return operate(decision + "/undo");
    }

    private static Response operate(String path) {
        return operator().contentType("application/json").body("{}").post("/api/banking/decisions/" + path);
    }

    private static io.restassured.specification.RequestSpecification operator() {
        return given().filter(Person.contract()).header("Authorization", "Bearer " + OPERATOR);
    }

    private long writes() {
        return Sql.number("SELECT seq FROM feed_head WHERE user_id = $1", person.user)
                + Sql.number("SELECT count(*) FROM decision WHERE user_id = $1", person.user);
    }

    private static long changeNumber(Object row) {
        return Sql.number("SELECT change_seq FROM transaction WHERE id = $1", UUID.fromString((String) row));
    }
}
