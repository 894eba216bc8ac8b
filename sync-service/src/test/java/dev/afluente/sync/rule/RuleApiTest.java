package dev.afluente.sync.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.feed.FeedHead;
import dev.afluente.sync.support.Books;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RuleApiTest {
    private static final String RULES = "/api/banking/category_rules";
    private static final String FOOD = "11000000";
    private static Person person;

    @Inject
    Ledger ledger;

    @Inject
    FeedHead feed;

    @Inject
    RuleApplication application;

    @BeforeEach
    void connectOnce() {
        if (person == null) {
            person = Person.somebody().connects(Sandbox.connect("user-ok-60"));
            person.awaitRuns(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"x\"}",
                "{\"category_id\":\"11000000\"}",
                "{\"category_id\":\"11000000\",\"priority\":3}",
                "{\"category_id\":\"11000000\",\"text\":\"x\",\"text_match\":\"REGEX\"}",
                "{\"category_id\":\"11000000\",\"text\":\"\\u0301\"}",
                "{\"category_id\":\"11000000\",\"document\":\"123\"}",
                "{\"category_id\":\"11000000\",\"min_amount\":5}",
                "{\"category_id\":\"11000000\",\"min_amount\":\"1e99\"}",
                "{\"category_id\":\"11000000\",\"min_amount\":\"2\",\"max_amount\":\"1\"}",
                "{\"category_id\":\"11000000\",\"account_id\":\"x\"}",
                "{\"category_id\":\"11000000\",\"type\":\"OTHER\"}",
                "{\"category_id\":\"11000000\",\"type\":\"DEBIT\",\"priority\":-1}",
                "{\"category_id\":\"11000000\",\"type\":\"DEBIT\",\"priority\":1.5}",
                "{\"category_id\":\"11000000\",\"type\":\"DEBIT\",\"id\":\"x\"}"
            })
    void whatIsNoRuleIsRefused(String body) {
        person.post(RULES, body).then().statusCode(400).body("code", equalTo("invalid_body"));
    }

    @Test
    void aRuleNamesOnlyWhatItsOwnerHas() {
        Person other = Person.somebody();
        String theirs = other.makes("/api/banking/categories", Map.of("name", "Minha"));
        refused(Map.of("type", "DEBIT", "category_id", theirs), "category_not_found");
        refused(Map.of("type", "DEBIT", "category_id", UUID.randomUUID().toString()), "category_not_found");
        Object account = person.accounts().get(0).get("id");
        other.post(RULES, Map.of("account_id", account, "category_id", FOOD))
                .then()
                .statusCode(404)
                .body("code", equalTo("account_not_found"));
    }

    @Test
    void thePersonsOwnChoiceBeatsARuleAndARuleBeatsTheProvider() {
        UUID chosen = anyRow();
        Sql.run("UPDATE transaction SET user_category_id = '08000000' WHERE id = $1", chosen);
        UUID other = anyRowBut(chosen);
        String provided = category(other);

        String rule = person.makes(
                RULES, Map.of("account_id", person.accounts().get(0).get("id"), "category_id", FOOD));

        assertThat(category(chosen)).isEqualTo("08000000");
        assertThat(category(other)).isEqualTo(FOOD);
        person.delete(RULES + "/" + rule).then().statusCode(204);
        assertThat(category(chosen)).isEqualTo("08000000");
        assertThat(category(other)).isEqualTo(provided);
        person.delete(RULES + "/" + rule).then().statusCode(404).body("code", equalTo("category_rule_not_found"));
    }

    @Test
    void onlyRowsThatComeOutDifferentlyAreWritten() {
        String wide = person.makes(RULES, Map.of("max_amount", "0", "category_id", FOOD));
        List<String> written = versions();

        // Behind the first, a rule for some of the same rows makes no difference, nor does a repeat of what is there.
        String behind = person.makes(RULES, Map.of("max_amount", "-10", "category_id", "08000000"));
        person.patch(RULES + "/" + wide, Map.of("category_id", FOOD, "max_amount", "0"))
                .then()
                .statusCode(200);
        assertThat(versions()).isEqualTo(written);

        person.patch(RULES + "/" + wide, Map.of("priority", 1_000)).then().statusCode(200);
        assertThat(versions()).isNotEqualTo(written);
        for (String rule : List.of(wide, behind)) {
            person.delete(RULES + "/" + rule).then().statusCode(204);
        }
    }

    @Test
    void aRuleWaitsForRowsThatAreBeingBooked() {
        CompletableFuture<Void> booked = new CompletableFuture<>();
        CompletableFuture<Void> commit = new CompletableFuture<>();
        Books books = new Books(person);
        UUID account = books.account("BANK", "0");
        UUID row = books.row(account, LocalDate.of(2026, 3, 1), "-1");
        CompletableFuture<Integer> merge = ledger.ofTenant(
                        person.tenant, connection -> feed.next(connection, person.tenant, person.user)
                                .chain(number -> connection
                                        .preparedQuery("UPDATE transaction SET search_text = 'novidade' WHERE id = $1")
                                        .execute(Tuple.of(row))
                                        .chain(() -> application.toRows(
                                                connection, person.tenant, person.user, number, List.of(row))))
                                .invoke(() -> booked.complete(null))
                                .call(() -> Uni.createFrom().completionStage(commit)))
                .subscribeAsCompletionStage();
        booked.join();
        CompletableFuture<String> rule = CompletableFuture.supplyAsync(
                () -> person.makes(RULES, Map.of("text", "novidade", "category_id", FOOD)));

        await().during(Duration.ofMillis(700)).atMost(Duration.ofSeconds(5)).until(() -> !rule.isDone());
        commit.complete(null);
        merge.join();

        String made = rule.join();
        assertThat(category(row)).isEqualTo(FOOD);
        person.delete(RULES + "/" + made).then().statusCode(204);
        assertThat(category(row)).isNull();
    }

    @Test
    void thereIsRoomForFiveHundred() {
        Person busy = Person.somebody();
        Sql.run("""
                INSERT INTO category_rule (tenant_id, id, user_id, priority, category_id, type)
                SELECT 'default', gen_random_uuid(), $1, n, '11000000', 'DEBIT' FROM generate_series(1, $2::int) n""", busy.user, Rules.MAX - 1);
        assertThat(busy.post(RULES, Map.of("type", "DEBIT", "category_id", FOOD))
                        .then()
                        .statusCode(201)
                        .extract()
                        .<Integer>path("priority"))
                .isEqualTo(Rules.MAX);

        busy.post(RULES, Map.of("type", "DEBIT", "category_id", FOOD)).then().statusCode(409);
        assertThat(busy.get(RULES).jsonPath().getList("data")).hasSize(Rules.MAX);
    }

    private static void refused(Map<String, Object> body, String code) {
        person.post(RULES, body).then().statusCode(404).body("code", equalTo(code));
    }

    private static UUID anyRow() {
        return anyRowBut(new UUID(0, 0));
    }

    private static UUID anyRowBut(UUID other) {
        return Sql.run("""
                        SELECT id FROM transaction WHERE user_id = $1 AND id <> $2 AND account_id = $3
                        AND provider_category_id NOT IN ('11000000', '08000000') ORDER BY id LIMIT 1""", person.user, other, UUID.fromString((String)
                        person.accounts().get(0).get("id")))
                .iterator()
                .next()
                .getUUID(0);
    }

    private static String category(UUID row) {
        return Sql.run("SELECT category_id FROM transaction WHERE id = $1", row)
                .iterator()
                .next()
                .getString(0);
    }

    private static List<String> versions() {
        List<String> versions = new ArrayList<>();
        Sql.run("SELECT xmin::text || ctid::text FROM transaction WHERE user_id = $1 ORDER BY id", person.user)
                .forEach(row -> versions.add(row.getString(0)));
        return versions;
    }
}
