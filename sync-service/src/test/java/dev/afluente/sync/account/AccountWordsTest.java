package dev.afluente.sync.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.ScriptedConnections;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An account's alias, its freshness, and the wish to have it read. */
@QuarkusTest
class AccountWordsTest {
    private static final String ACCOUNTS = "/api/banking/accounts/";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static String item;
    private static Person person;
    private static String account;

    @BeforeEach
    void connectOnce() {
        if (person == null) {
            item = Sandbox.connect("user-ok-20");
            person = Person.somebody().connects(item);
            person.awaitRuns(1);
            account = bankAccount(person);
        }
    }

    @Test
    void theAliasStaysThroughSyncsUntilItIsTakenAway() {
        assertThat(alias("{\"alias\":\"  Conta da casa \"}")).isEqualTo("Conta da casa");
        String written = written();
        assertThat(alias("{\"alias\":\"Conta da casa\"}")).isEqualTo("Conta da casa");
        assertThat(alias("{}")).isEqualTo("Conta da casa");
        assertThat(written()).isEqualTo(written);

        int runs = person.runs().size();
        Sandbox.changeAndTell(item, Map.of("add", 3));
        person.awaitRuns(runs + 1);

        assertThat(person.accounts())
                .filteredOn(each -> account.equals(each.get("id")))
                .extracting(each -> each.get("alias"))
                .containsExactly("Conta da casa");
        assertThat(alias("{\"alias\":null}")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"alias\":1}",
                "{\"name\":\"x\"}",
                "{\"alias\":\"\\u0000\"}",
                "{\"alias\":[\"x\"]}",
                "{\"alias\":\"\"}"
            })
    void anAliasIsTextOfOneToEightyCharacters(String body) {
        String written = written();

        assertThat(person.patch(ACCOUNTS + account, body).jsonPath().getString("code"))
                .isEqualTo("invalid_body");
        assertThat(person.patch(ACCOUNTS + account, "{\"alias\":\"" + "x".repeat(81) + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(written()).isEqualTo(written);
    }

    @Test
    void theStatusTellsHowFreshAnAccountIsAndWhatToDo() {
        JsonPath fresh = status(person, account);

        assertThat(fresh.getString("next_step")).isEqualTo("NOTHING");
        assertThat(fresh.getBoolean("stale")).isFalse();
        assertThat(fresh.getList("products.product")).containsExactly("BALANCE", "TRANSACTIONS");
        assertThat(fresh.getList("products.last_read_at")).doesNotContainNull();
        assertThat(fresh.getString("products[1].watermark")).isNotNull();
        assertThat(fresh.getString("products[1].last_run.status")).isEqualTo("SUCCEEDED");
        assertThat(fresh.getString("under_way")).isNull();
        assertThat(person.get("/api/banking/pluggy/accounts/" + account + "/status")
                        .asString())
                .isEqualTo(person.get(ACCOUNTS + account + "/status").asString());
    }

    /** One without bills. */
    private static String bankAccount(Person of) {
        return (String) of.accounts().stream()
                .filter(each -> each.get("type").equals("BANK"))
                .findFirst()
                .orElseThrow()
                .get("id");
    }

    @Test
    void anOldReadIsStaleAndARemovedConnectionSaysSo() {
        Person other = Person.somebody();
        String bank = Sandbox.connect("user-ok-10");
        other.connects(bank).awaitRuns(1);
        String own = bankAccount(other);

        Sql.run("UPDATE account SET read_at = read_at - interval '25 hours' WHERE id = $1", UUID.fromString(own));
        JsonPath old = status(other, own);
        assertThat(old.getList("products.stale")).containsExactly(false, true);
        assertThat(old.getString("next_step")).isEqualTo("SYNC");

        Sql.run("UPDATE sync_run SET status = 'NEEDS_USER', reason = 'login_required' WHERE user_id = $1", other.user);
        JsonPath refused = status(other, own);
        assertThat(refused.getString("next_step")).isEqualTo("ASK_PERSON");
        assertThat(refused.getString("products[0].last_run.meaning")).startsWith("O banco recusou o acesso");
        assertThat(refused.getString("advice")).startsWith("O banco precisa da pessoa");
        JsonPath english = other.request()
                .header("Accept-Language", "fr, en;q=0.9, pt;q=0.5")
                .get(ACCOUNTS + own + "/status")
                .jsonPath();
        assertThat(english.getString("products[0].last_run.meaning")).startsWith("The bank refused the login");
        assertThat(english.getString("advice")).startsWith("The bank needs the person");

        UUID run = other.asksForRun(true);
        other.awaitRun(run, "WAITING_PROVIDER");
        assertThat(status(other, own).getString("next_step")).isEqualTo("WAIT");
        assertThat(status(other, own).getString("under_way.id")).isEqualTo(run.toString());

        Stream.removed(other.tenant, other.user, other.connection, bank);
        org.awaitility.Awaitility.await()
                .until(() -> status(other, own).getString("next_step").equals("CONNECT_AGAIN"));
    }

    /** Our runs go well every twelve hours, and read what the provider collected before the bank shut it out. */
    @Test
    void dataIsAsOldAsTheProvidersHoweverOftenWeReadIt() {
        Person other = Person.somebody();
        other.connects(Sandbox.connect("user-ok-10")).awaitRuns(1);
        String own = bankAccount(other);

        Sql.run("UPDATE account SET watermark = watermark - interval '26 hours' WHERE user_id = $1", other.user);
        JsonPath old = status(other, own);
        assertThat(old.getBoolean("stale")).isTrue();
        assertThat(old.getList("products.stale")).containsExactly(true, true);
        assertThat(old.getString("next_step")).isEqualTo("SYNC");

        Sql.run(
                "UPDATE sync_run SET status = 'PARTIAL', reason = 'provider_incomplete' WHERE user_id = $1",
                other.user);
        assertThat(status(other, own).getString("next_step")).isEqualTo("SYNC_AGAIN");

        Sql.run("UPDATE account SET watermark = NULL WHERE user_id = $1", other.user);
        assertThat(status(other, own).getBoolean("stale")).isFalse();
        assertThat(status(other, own).getString("next_step")).isEqualTo("SYNC_AGAIN");

        Sql.run("UPDATE sync_run SET reason = 'provider_rejected' WHERE user_id = $1", other.user);
        assertThat(status(other, own).getString("next_step")).isEqualTo("NOTHING");
        Sql.run(
                "UPDATE sync_run_account SET status = 'FAILED', reason = 'provider_rejected' WHERE account_id = $1",
                UUID.fromString(own));
        assertThat(status(other, own).getString("next_step")).isEqualTo("SYNC_AGAIN");
    }

    @ParameterizedTest
    @CsvSource({"202, SYNC_STARTED", "200, MFA_REQUIRED"})
    void aWishToReadIsPassedOnWithTheCallersOwnToken(int status, String word) {
        String answer = "{\"status\":\"" + word + "\",\"run_id\":null,\"more\":{\"a\":[1.10]}}";
        ScriptedConnections.answers(status, answer, "Content-Type", JSON);

        Response own = person.request()
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .post(ACCOUNTS + account + "/sync");
        Response older = person.request().post("/api/banking/pluggy/accounts/" + account + "/sync");

        assertThat(own.statusCode()).isEqualTo(status);
        assertThat(own.asString()).isEqualTo(answer);
        assertThat(older.asString()).isEqualTo(answer);
        assertThat(ScriptedConnections.ASKED.peek())
                .isEqualTo("POST /api/banking/connections/" + person.connection + "/sync Bearer " + person.token()
                        + " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @Test
    void aRefusalIsPassedOnWithItsReason() {
        String problem = "{\"status\":429,\"title\":\"Too many requests\",\"code\":\"too_many_requests\"}";
        ScriptedConnections.answers(429, problem, "Content-Type", PROBLEM, "Retry-After", "17");

        Response answer = person.request().post(ACCOUNTS + account + "/sync");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.asString()).isEqualTo(problem);
        assertThat(answer.header("Retry-After")).isEqualTo("17");
    }

    @Test
    void withoutAnAnswerTheServiceIsSaidToBeAway() {
        ScriptedConnections.answers(502, "<html>bad gateway</html>", "Content-Type", "text/html");
        assertAway();
        ScriptedConnections.fallsSilent();
        assertAway();
    }

    @Test
    void nobodyAsksForAnotherPersonsAccount() {
        ScriptedConnections.answers(202, "{\"status\":\"SYNC_STARTED\"}", "Content-Type", JSON);
        for (Person other : List.of(Person.somebody(), Person.of("acme", person.user))) {
            Response answer = other.request().post(ACCOUNTS + account + "/sync");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.asByteArray())
                    .isEqualTo(other.request()
                            .post(ACCOUNTS + UUID.randomUUID() + "/sync")
                            .asByteArray());
        }
        assertThat(ScriptedConnections.ASKED).isEmpty();
    }

    private static void assertAway() {
        Response answer = person.request().post(ACCOUNTS + account + "/sync");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.jsonPath().getString("code")).isEqualTo("upstream_unavailable");
        assertThat(answer.header("Retry-After")).isNotNull();
    }

    private static String alias(String body) {
        return person.patch(ACCOUNTS + account, body)
                .then()
                .statusCode(200)
                .extract()
                .path("alias");
    }

    private static JsonPath status(Person of, String id) {
        return of.get(ACCOUNTS + id + "/status")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String written() {
        return Sql.run("SELECT xmin::text FROM account WHERE id = $1", UUID.fromString(account))
                .iterator()
                .next()
                .getString(0);
    }
}
