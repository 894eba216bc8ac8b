package dev.afluente.connections.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the table of the manual sync: reached, and left again. */
@QuarkusTest
class ManualSyncTest extends ScriptedPluggyTest {
    @ParameterizedTest
    @ValueSource(strings = {"UPDATED", "OUTDATED", "ERROR"})
    void startsAndEndsWithTheProvidersNotification(String status) {
        Connected bank = Connected.in(status);
        bank.becomes("UPDATING", 10);

        String run = started(bank);

        assertThat(bank.refreshes()).isEqualTo(1);
        assertThat(ScriptedPluggy.bodies(bank.patch())).containsExactly("{}");
        bank.awaitStatus("UPDATING");
        bank.is("UPDATED", 20);
        bank.notified();
        assertThat(bank.kinds(2)).containsExactly("requested", "released");
        assertThat(bank.requests(2)).allMatch(event -> event.value().contains(run));
        assertThat(bank.requests(2).get(0).value()).contains("\"trigger\":\"MANUAL\"", "\"waits\":true");
        assertThat(bank.tasks("REFRESH", "true")).isZero();
    }

    @Test
    void endsWithoutANotification() {
        Connected bank = Connected.in("UPDATED");
        bank.becomes("UPDATING", 10);
        started(bank);
        bank.is("UPDATED", 20);

        bank.isDue("CHECK");

        assertThat(bank.kinds(2)).containsExactly("requested", "released");
    }

    @Test
    void ofFiftyAtOnceIsOneRefreshAndOneRun() {
        Connected bank = Connected.in("UPDATED");
        bank.becomes("UPDATING", 10);
        var held = ScriptedPluggy.hold(bank.patch());
        var answers = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.supplyAsync(bank::sync, task -> new Thread(task).start()))
                .toList();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> answers.stream().filter(CompletableFuture::isDone).count() == 49);
        held.countDown();

        List<Response> all = answers.stream().map(CompletableFuture::join).toList();

        assertThat(all).allMatch(answer -> answer.statusCode() == 202);
        assertThat(all.stream().map(answer -> answer.<String>path("run_id")).distinct())
                .hasSize(1);
        assertThat(all.stream().filter(answer -> "SYNC_STARTED".equals(answer.path("status"))))
                .hasSize(1);
        assertThat(bank.refreshes()).isEqualTo(1);
        assertThat(bank.kinds(1)).containsExactly("requested");
    }

    /** Who asked before the end and is answered after it came for what that run has done. */
    @Test
    void thatComesLateJoinsTheRunThatHasJustEnded() {
        Connected bank = Connected.in("UPDATED");
        bank.becomes("UPDATING", 10);
        int before = ScriptedPluggy.calls("GET /items/" + bank.item());
        var held = ScriptedPluggy.hold("GET /items/" + bank.item());
        var late = CompletableFuture.supplyAsync(bank::sync);
        await().atMost(Duration.ofSeconds(20)).until(() -> ScriptedPluggy.calls("GET /items/" + bank.item()) > before);
        ScriptedPluggy.lift("GET /items/" + bank.item());
        String run = started(bank);
        bank.is("UPDATED", 20);
        bank.notified();
        bank.awaitRun("ENDED");
        held.countDown();

        late.join()
                .then()
                .statusCode(202)
                .body("status", equalTo("ALREADY_SYNCING"))
                .body("run_id", equalTo(run));
        assertThat(bank.refreshes()).isEqualTo(1);
    }

    @Test
    void whileTheProviderReadsByItselfFollowsThat() {
        Connected bank = Connected.in("UPDATED");
        bank.is("UPDATING", 10);

        String run = bank.sync()
                .then()
                .statusCode(202)
                .body("status", equalTo("ALREADY_SYNCING"))
                .body("run_id", notNullValue())
                .extract()
                .path("run_id");

        assertThat(bank.sync().<String>path("run_id")).isEqualTo(run);
        assertThat(bank.refreshes()).isZero();
        bank.is("UPDATED", 20);
        bank.notified();
        assertThat(bank.kinds(2)).containsExactly("requested", "released");
    }

    @Test
    void whenTheProviderHasJustBegunFollowsThat() {
        Connected bank = Connected.in("UPDATED");
        ScriptedPluggy.answer(bank.patch(), Answer.of(400, "ITEM_ALREADY_UPDATING"));

        bank.sync().then().statusCode(202).body("status", equalTo("ALREADY_SYNCING"));

        bank.is("UPDATED", 20);
        bank.notified();
        assertThat(bank.kinds(2)).containsExactly("requested", "released");
    }

    @Test
    void asksForTheCodeTheBankWaitsFor() {
        Connected bank = Connected.in("UPDATED");
        bank.is("WAITING_USER_INPUT", 10)
                .put("parameter", new JsonObject().put("name", "token").put("type", "number"));

        String run = bank.sync()
                .then()
                .statusCode(200)
                .body("status", equalTo("MFA_REQUIRED"))
                .body("action_required.kind", equalTo("mfa"))
                .body("action_required.parameter.name", equalTo("token"))
                .extract()
                .path("run_id");

        assertThat(bank.sync().<String>path("run_id")).isEqualTo(run).isNotNull();
        assertThat(bank.refreshes()).isZero();
    }

    @Test
    void tellsWhatToDoAtTheBank() {
        Connected bank = Connected.in("UPDATED");
        bank.is("WAITING_USER_ACTION", 10)
                .put(
                        "userAction",
                        new JsonObject()
                                .put("instructions", "Leia o QR code")
                                .put("type", "qr")
                                .put("attributes", new JsonObject().put("url", "https://bank.example/qr")));

        bank.sync()
                .then()
                .statusCode(200)
                .body("status", equalTo("ACTION_REQUIRED"))
                .body("run_id", notNullValue())
                .body("action_required.instructions", equalTo("Leia o QR code"))
                .body("action_required.url", equalTo("https://bank.example/qr"));

        bank.is("UPDATED", 20);
        bank.notified();
        assertThat(bank.kinds(2)).containsExactly("requested", "released");
    }

    @Test
    void leadsToTheWidgetWhenTheLoginIsWrong() {
        Connected bank = Connected.in("UPDATED");
        bank.is("LOGIN_ERROR", 10).put("error", new JsonObject().put("code", "INVALID_CREDENTIALS"));

        bank.sync()
                .then()
                .statusCode(200)
                .body("status", equalTo("CREDENTIALS_REQUIRED"))
                .body("run_id", nullValue())
                .body("action_required.reason", equalTo("INVALID_CREDENTIALS"))
                .body("connect_token", notNullValue())
                .body("connect_url", notNullValue());

        assertThat(ScriptedPluggy.tokenRequests().get(0).getString("itemId")).isEqualTo(bank.item());
        assertThat(bank.refreshes()).isZero();
        bank.is("UPDATED", 20);
        bank.becomes("UPDATING", 30);
        started(bank);
    }

    @ParameterizedTest
    @CsvSource({"expiresAt, 2026-03-01T00:00:00.000Z", "revokedAt, 2026-03-01T00:00:00.000Z"})
    void leadsToTheWidgetWhenTheConsentIsOver(String field, String when) {
        Connected bank = Connected.in("UPDATED");
        ScriptedPluggy.consents(new JsonArray()
                .add(new JsonObject()
                        .put("createdAt", "2026-01-05T13:00:10.000Z")
                        .put(field, when)));

        bank.sync()
                .then()
                .statusCode(200)
                .body("status", equalTo("CONSENT_REQUIRED"))
                .body("connect_token", notNullValue());

        assertThat(bank.refreshes()).isZero();
        ScriptedPluggy.consents(new JsonArray());
        bank.becomes("UPDATING", 30);
        started(bank);
    }

    @ParameterizedTest
    @CsvSource({
        "409, CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY, too_soon",
        "423, '', quota_used_up",
        "400, TOO_MANY_CONSECUTIVE_LOGIN_FAILURES, too_many_failures",
        "429, '', rate_limited"
    })
    void readsWhatThereIsWhenItIsTooSoon(int status, String code, String reason) {
        Connected bank = Connected.in("UPDATED");
        ScriptedPluggy.answer(bank.patch(), Answer.of(status, code.isEmpty() ? null : code));

        bank.sync()
                .then()
                .statusCode(200)
                .body("status", equalTo("TOO_SOON"))
                .body("reason", equalTo(reason))
                .body("retry_at", notNullValue())
                .body("run_id", notNullValue());

        assertThat(bank.kinds(2)).containsExactly("requested", "released");
        ScriptedPluggy.usual(bank.patch());
        bank.becomes("UPDATING", 30);
        started(bank);
    }

    @Test
    void asksForAFreshTokenWhereTheLoginHoldsOne() {
        Connected bank = Connected.in("UPDATED");
        JsonObject refusal = new JsonObject(Answer.of(400, "CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR")
                        .body())
                .put("data", new JsonObject().put("parameter", "token"));
        ScriptedPluggy.answer(bank.patch(), new Answer(400, refusal.encode(), Map.of()));

        String run = bank.sync()
                .then()
                .statusCode(200)
                .body("status", equalTo("MFA_REQUIRED"))
                .body("action_required.parameter.name", equalTo("token"))
                .extract()
                .path("run_id");

        bank.sync()
                .then()
                .statusCode(200)
                .body("status", equalTo("MFA_REQUIRED"))
                .body("run_id", equalTo(run));
        ScriptedPluggy.usual(bank.patch());
        bank.becomes("UPDATING", 10);
        bank.post("update_mfa", "{\"mfa_value\":\"123456\"}")
                .then()
                .statusCode(202)
                .body("run_id", equalTo(run));
        assertThat(ScriptedPluggy.bodies(bank.patch())).last().isEqualTo("{\"parameters\":{\"token\":\"123456\"}}");
        bank.is("UPDATED", 20);
        bank.notified();
        assertThat(bank.kinds(2)).containsExactly("requested", "released");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /items/", "PATCH /items/"})
    void leavesNothingBehindWhenTheProviderIsAway(String call) {
        Connected bank = Connected.in("UPDATED");
        ScriptedPluggy.answer(call + bank.item(), Answer.of(503, null));

        bank.sync()
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("provider_unavailable"));

        String waiting = "SELECT count(*) FROM asked_runs WHERE connection_id = ? AND ended_at IS NULL";
        assertThat(Rows.count(waiting, bank.id())).isZero();
        assertThat(bank.tasks("REFRESH", "true")).isZero();
        ScriptedPluggy.usual(call + bank.item());
        bank.becomes("UPDATING", 10);
        started(bank);
    }

    @Test
    void ofWhatIsNotTheCallersIsUnknown() {
        Connected bank = Connected.in("UPDATED");

        Api.of(Api.someone()).request().post(bank.path() + "/sync").then().statusCode(404);
        bank.api()
                .request()
                .post(Api.CONNECTIONS + "/" + UUID.randomUUID() + "/sync")
                .then()
                .statusCode(404)
                .body("code", equalTo("connection_not_found"));
        bank.api()
                .request()
                .post(Api.CONNECTIONS + "/x/sync_transactions/")
                .then()
                .statusCode(404);
        assertThat(bank.refreshes()).isZero();
    }

    /** One word of a provider may be a mistake: it is looked into, and the owner is told to come again. */
    @Test
    void ofALinkTheProviderDoesNotKnowIsNotNow() {
        Connected bank = Connected.in("UPDATED");
        ScriptedPluggy.answer(bank.patch(), Answer.of(404, "ITEM_NOT_FOUND"));

        bank.sync().then().statusCode(503).body("code", equalTo("provider_unavailable"));

        bank.api().get(bank.path()).then().statusCode(200);
        assertThat(bank.kinds(2)).containsExactly("requested", "abandoned");
    }

    static String started(Connected bank) {
        return bank.sync()
                .then()
                .statusCode(202)
                .body("status", equalTo("SYNC_STARTED"))
                .extract()
                .path("run_id");
    }
}
