package dev.afluente.connections.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.KeptTask;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run goes through after its refresh, and who goes on with it when somebody dies. */
@QuarkusTest
class RetryTest extends ScriptedPluggyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"OUTDATED, bank_unavailable", "ERROR, provider_failed"})
    void triesTwiceMoreAndThenSaysWhy(String status, String reason) {
        Connected bank = Connected.in("UPDATED");
        bank.becomes("UPDATING", 10);
        String run = ManualSyncTest.started(bank);
        for (int time = 1; time <= 3; time++) {
            int tries = time;
            await().atMost(PATIENCE).until(() -> bank.refreshes() == tries);
            bank.awaitRun("READING");
            bank.becomes("UPDATING", 10 + 20 * time);
            bank.is(status, 20 + 20 * (time - 1)).put("error", new JsonObject().put("code", "SITE_NOT_AVAILABLE"));
            bank.notified();
        }

        assertThat(bank.kinds(2)).containsExactly("requested", "abandoned");
        assertThat(bank.requests(2).get(1).value()).contains(run, "\"status\":\"FAILED\"", reason);
        assertThat(bank.refreshes()).isEqualTo(3);
        assertThat(bank.tasks("REFRESH", "true")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "LOGIN_ERROR, INVALID_CREDENTIALS, login_required",
        "LOGIN_ERROR, USER_AUTHORIZATION_REVOKED, consent_required",
        "LOGIN_ERROR, ACCOUNT_LOCKED, action_required",
        "OUTDATED, ALREADY_LOGGED_IN, action_required",
        "OUTDATED, ACCOUNT_NEEDS_ACTION, action_required",
        "OUTDATED, USER_INPUT_TIMEOUT, mfa_expired"
    })
    void endsWhereOnlyThePersonCanGoOn(String status, String error, String reason) {
        Connected bank = Connected.in("UPDATED");
        bank.becomes("UPDATING", 10);
        ManualSyncTest.started(bank);

        bank.is(status, 20).put("error", new JsonObject().put("code", error));
        bank.notified();

        assertThat(bank.kinds(2)).containsExactly("requested", "abandoned");
        assertThat(bank.requests(2).get(1).value()).contains("\"status\":\"NEEDS_USER\"", reason);
        assertThat(bank.refreshes()).isEqualTo(1);
    }

    /** The process that claimed the run died before it asked: here its answer never comes, and its time is over. */
    @Test
    void isTakenOverFromWhoeverClaimedItAndDied() {
        Connected bank = Connected.in("UPDATED");
        claimAsTheDeadDid(bank);
        bank.becomes("UPDATING", 10);

        bank.isDue("REFRESH");

        await().atMost(PATIENCE).until(() -> bank.refreshes() == 1);
        bank.is("UPDATED", 20);
        bank.notified();
        assertThat(bank.kinds(2)).containsExactly("requested", "released");
    }

    /** Nobody waits for the end of its claim. */
    @Test
    void isTakenOverWhenNobodyTellsThatItIsAskedFor() {
        Connected bank = Connected.in("UPDATED");
        claimAsTheDeadDid(bank);
        bank.becomes("UPDATING", 10);

        Rows.execute(
                "UPDATE tasks SET due_at = now() + interval '1 minute', alive_until = now() - interval '1 s'"
                        + " WHERE connection_id = ? AND kind = 'REFRESH'",
                bank.id());

        await().atMost(PATIENCE).until(() -> bank.refreshes() == 1);
    }

    @Test
    void isLeftToWhoeverAsksAsLongAsTheyTellSo() throws SQLException {
        Connected bank = Connected.in("UPDATED");
        ScriptedPluggy.hold(bank.patch());
        CompletableFuture<Response> asking = CompletableFuture.supplyAsync(bank::sync);
        await().atMost(PATIENCE).until(() -> bank.refreshes() == 1);

        KeptTask.awaitTold(bank.id(), "REFRESH", () -> ScriptedPluggy.release(bank.patch()));

        asking.join().then().statusCode(202);
        assertThat(bank.refreshes()).isEqualTo(1);
    }

    /** It died after the provider had taken the request: whoever takes over sees that and does not ask again. */
    @ParameterizedTest
    @CsvSource({"UPDATING, READING", "UPDATED, ENDED"})
    void isNotAskedForAgainWhenTheProviderWasReached(String status, String phase) {
        Connected bank = Connected.in("UPDATED");
        claimAsTheDeadDid(bank);
        bank.is(status, 10);

        bank.isDue("REFRESH");

        bank.awaitRun(phase);
        bank.is("UPDATED", 20);
        bank.notified();
        assertThat(bank.kinds(2)).containsExactly("requested", "released");
        assertThat(bank.refreshes()).isZero();
    }

    /** A link changes without being read, too: that is no proof of a reading. */
    @Test
    void isAskedForWhenTheLinkOnlyChanged() {
        Connected bank = Connected.in("UPDATED");
        claimAsTheDeadDid(bank);
        bank.is("UPDATED", 10).put("lastUpdatedAt", Connected.THEN.toString());
        bank.becomes("UPDATING", 20);
        bank.is("UPDATED", 10).put("lastUpdatedAt", Connected.THEN.toString());

        bank.isDue("REFRESH");

        await().atMost(PATIENCE).until(() -> bank.refreshes() == 1);
        bank.awaitRun("READING");
    }

    /** Of a request that is still on its way and a task that came round too early one refresh is made in the end. */
    @Test
    void whoeverIsLateFindsTheProviderAtIt() {
        Connected bank = Connected.in("UPDATED");
        var held = ScriptedPluggy.hold(bank.patch());
        var asking = CompletableFuture.supplyAsync(bank::sync);
        await().atMost(PATIENCE).until(() -> bank.refreshes() == 1);
        bank.is("UPDATING", 10);

        bank.isDue("REFRESH");

        bank.awaitRun("READING");
        held.countDown();
        asking.join().then().statusCode(202).body("status", equalTo("SYNC_STARTED"));
        assertThat(bank.refreshes()).isEqualTo(1);
    }

    @Test
    void waitsForAProviderThatIsAwayAtTheRetry() {
        Connected bank = Connected.in("UPDATED");
        claimAsTheDeadDid(bank);
        bank.becomes("UPDATING", 10);
        ScriptedPluggy.answer("GET /items/" + bank.item(), Answer.of(503, null));
        int before = ScriptedPluggy.calls("GET /items/" + bank.item());
        bank.isDue("REFRESH");
        await().atMost(PATIENCE).until(() -> ScriptedPluggy.calls("GET /items/" + bank.item()) > before);

        ScriptedPluggy.usual("GET /items/" + bank.item());

        await().atMost(PATIENCE).until(() -> bank.refreshes() == 1);
        bank.awaitRun("READING");
    }

    @Test
    void isGivenUpWhenTheProviderStaysSilent() {
        Connected bank = Connected.in("UPDATED");
        bank.becomes("UPDATING", 10);
        ManualSyncTest.started(bank);
        Rows.execute("UPDATE asked_runs SET expires_at = now() WHERE connection_id = ?", bank.id());

        bank.isDue("REFRESH");

        assertThat(bank.kinds(2)).containsExactly("requested", "abandoned");
        assertThat(bank.requests(2).get(1).value()).contains("provider_timed_out");
    }

    @Test
    void endsWithTheConnection() {
        Connected bank = Connected.in("UPDATED");
        bank.becomes("UPDATING", 10);
        ManualSyncTest.started(bank);

        ScriptedPluggy.remove(bank.item());
        Topic.webhook("item/deleted", bank.item());

        assertThat(bank.kinds(2)).containsExactly("requested", "abandoned");
        assertThat(bank.requests(2).get(1).value()).contains("connection_removed");
        await().atMost(PATIENCE)
                .until(() -> Rows.count("SELECT count(*) FROM tasks WHERE connection_id = ?", bank.id()) == 0);
    }

    /** A run as it is left when the process ends between its claim and the call: claimed, told, not asked for. */
    private static void claimAsTheDeadDid(Connected bank) {
        ScriptedPluggy.answer(bank.patch(), Answer.of(400, "ITEM_ALREADY_UPDATING"));
        bank.sync().then().statusCode(202);
        ScriptedPluggy.usual(bank.patch());
        ScriptedPluggy.forgetCalls(bank.patch());
        Rows.execute("UPDATE asked_runs SET phase = 'WANTED' WHERE connection_id = ?", bank.id());
    }
}
