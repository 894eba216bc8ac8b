package dev.afluente.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProviderFaultsTest {
    private static final String ROWS = "/v2/transactions";

    @AfterEach
    void heal() {
        Sandbox.healed();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 401, 403})
    void aPassingRefusalCostsNothing(int status) {
        String item = Sandbox.connect("user-ok-1200");
        Sandbox.fault(Map.of("kind", "status", "status", status, "path", ROWS, "times", 1));

        Person person = Person.somebody().connects(item);

        assertThat(person.awaitRuns(1)).containsEntry("status", "SUCCEEDED");
        person.seesExactly(Sandbox.ledger(item));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "truncate"})
    void aBrokenAnswerIsAskedForAgain(String kind) {
        String item = Sandbox.connect("user-ok-1200");
        Sandbox.fault(Map.of("kind", kind, "path", ROWS, "times", 2));

        Person person = Person.somebody().connects(item);

        assertThat(person.awaitRuns(1)).containsEntry("status", "SUCCEEDED");
        person.seesExactly(Sandbox.ledger(item));
    }

    @Test
    void askedToWaitItWaitsAndGoesOnWhereItWas() {
        String item = Sandbox.connect("user-ok-1700");
        Sandbox.fault(Map.of("kind", "rate_limit", "path", ROWS, "retry_after", 1, "times", 3));

        Person person = Person.somebody().connects(item);

        Map<String, Object> run = person.awaitRuns(1);
        assertThat(run).containsEntry("status", "SUCCEEDED").containsEntry("attempt", 1);
        person.seesExactly(Sandbox.ledger(item));
    }

    @Test
    void badRowsAreSetAsideAndTheRestOfThePageLands() {
        String item = Sandbox.connect("user-ok-1000");
        Sandbox.fault(Map.of("kind", "malformed_rows", "path", ROWS, "probability", 0.05, "seed", 7));

        Person person = Person.somebody().connects(item);
        Map<String, Object> run = person.awaitRuns(1);
        Set<Object> spoilt = spoilt(item);

        assertThat(spoilt).isNotEmpty();
        assertThat(run).containsEntry("status", "SUCCEEDED");
        Set<Object> shown = person.accounts().stream()
                .flatMap(account -> person.transactions(account.get("id")).stream())
                .map(row -> row.get("provider_id"))
                .collect(Collectors.toSet());
        Set<Object> good = rows(item).stream()
                .map(row -> row.get("id"))
                .filter(id -> !spoilt.contains(id))
                .collect(Collectors.toSet());
        assertThat(shown).containsAll(good);

        assertThat(setAside(person)).isPositive();
        assertThat(results(person, run)).allSatisfy(result -> {
            int aside = ((Map<?, ?>) result.get("counts")).get("set_aside") instanceof Integer count ? count : -1;
            boolean whole = aside == 0;
            assertThat(result)
                    .containsEntry("status", "SUCCEEDED")
                    .containsEntry("reason", whole ? null : "rows_set_aside");
            assertThat(result.get("meaning") == null).isEqualTo(whole);
            assertThat(asides(person, result.get("account_id"))).hasSize(aside);
        });

        Sandbox.healed();
        Sql.run("UPDATE account SET full_read_at = NULL WHERE user_id = $1", person.user);
        Stream.notified("transactions/updated", item);
        person.awaitRuns(2);

        person.seesExactly(Sandbox.ledger(item));
        assertThat(setAside(person)).isZero();
        assertThat(results(person, person.runs().get(0))).allSatisfy(result -> {
            assertThat(result).containsEntry("reason", null);
            assertThat(asides(person, result.get("account_id"))).isEmpty();
        });
    }

    private static List<Map<String, Object>> asides(Person person, Object account) {
        return person.get("/api/banking/accounts/" + account + "/set_aside?limit=500")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data");
    }

    /** What came of each account's transactions. */
    private static List<Map<String, Object>> results(Person person, Map<String, Object> run) {
        return person.get("/api/banking/sync_runs/" + run.get("id"))
                .jsonPath()
                .getList("accounts.findAll { it.product == 'TRANSACTIONS' }");
    }

    private static long setAside(Person person) {
        return Sql.number(
                "SELECT count(*) FROM set_aside s JOIN account a ON a.id = s.account_id WHERE a.user_id = $1",
                person.user);
    }

    @Test
    void aRefusalForGoodEndsTheRunWithItsReasonAndALaterEventHealsIt() {
        String item = Sandbox.connect("user-ok-100");
        Sandbox.fault(Map.of("kind", "status", "status", 410, "path", ROWS));

        Person person = Person.somebody().connects(item);
        Map<String, Object> run = person.awaitRuns(1);

        assertThat(run).containsEntry("status", "FAILED").containsEntry("reason", "endpoint_retired");
        assertThat(run.get("meaning")).isNotNull();
        assertThat(person.get("/api/banking/sync_runs/" + run.get("id"))
                        .jsonPath()
                        .getList("accounts"))
                .isNotEmpty();

        Sandbox.healed();
        Stream.notified("item/updated", item);
        assertThat(person.awaitRuns(2)).containsEntry("status", "SUCCEEDED");
        person.seesExactly(Sandbox.ledger(item));
    }

    @Test
    void aQuotaThatIsUsedUpIsTold() {
        String item = Sandbox.connect("user-ok-100");
        Sandbox.fault(Map.of("kind", "quota", "path", ROWS));

        Person person = Person.somebody().connects(item);

        assertThat(person.awaitRuns(1)).containsEntry("status", "FAILED").containsEntry("reason", "quota_used_up");
    }

    @Test
    void whatOnlyThePersonCanMendIsTold() {
        String item = Sandbox.connect("somebody-unknown");

        Person person = Person.somebody().connects(item);

        assertThat(person.awaitRuns(1)).containsEntry("status", "NEEDS_USER").containsEntry("reason", "login_required");
    }

    @Test
    void aCollectionWithGapsIsPartial() {
        String item = Sandbox.connect("user-ok-account-error");

        Person person = Person.somebody().connects(item);

        assertThat(person.awaitRuns(1))
                .containsEntry("status", "PARTIAL")
                .containsEntry("reason", "provider_incomplete");
        // What the bank refused is cards, and it shows none: its accounts have everything.
        assertThat(results(person, person.runs().get(0))).isNotEmpty().allSatisfy(result -> {
            assertThat(result).containsEntry("status", "SUCCEEDED").containsEntry("reason", null);
            assertThat(person.get("/api/banking/accounts/" + result.get("account_id") + "/status")
                            .jsonPath()
                            .getString("next_step"))
                    .isEqualTo("SYNC_AGAIN");
        });
    }

    private static Set<Object> spoilt(String item) {
        return Sandbox.ledger(item).stream()
                .flatMap(account -> ((Map<?, ?>) account.get("malformed")).keySet().stream())
                .collect(Collectors.toSet());
    }

    @SuppressWarnings("unchecked") // the oracle's documented shape
    private static List<Map<String, Object>> rows(String item) {
        return Sandbox.ledger(item).stream()
                .flatMap(account -> ((List<Map<String, Object>>) account.get("transactions")).stream())
                .toList();
    }
}
