package dev.afluente.connections.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bank's question, from being asked to being answered, in every way it can go. */
@QuarkusTest
class ChallengeTest extends ScriptedPluggyTest {
    private static final String SECRET = "canary-8675309";

    @ParameterizedTest
    @ValueSource(strings = {"number", "text", "password", "image", "hcaptcha"})
    void isAnsweredAndTheSameRunGoesOn(String type) {
        Connected bank = asking(type, null);
        String run = bank.sync().then().statusCode(200).extract().path("run_id");
        bank.becomes(mfa(bank), "UPDATING", 20);

        bank.post("update_mfa", "{\"mfa_value\":\"123456\"}")
                .then()
                .statusCode(202)
                .body("run_id", equalTo(run));

        assertThat(ScriptedPluggy.bodies(mfa(bank))).containsExactly("{\"token\":\"123456\"}");
        bank.awaitStatus("UPDATING");
        bank.is("UPDATED", 30);
        bank.notified();
        assertThat(bank.kinds(2)).containsExactly("requested", "released");
    }

    @Test
    void isAnsweredByName() {
        Connected bank = asking("text", null);
        bank.becomes(mfa(bank), "UPDATING", 20);

        bank.post("send_mfa/", "{\"parameters\":{\"token\":\"123456\"}}")
                .then()
                .statusCode(202)
                .body("status", equalTo("SYNC_STARTED"));

        // Nobody had asked for a run: the answer makes one, and it is not lost.
        assertThat(bank.requests(1).get(0).value()).contains("\"trigger\":\"MFA\"", "\"waits\":true");
    }

    @Test
    void ofAChoiceTakesNothingButWhatIsOffered() {
        JsonArray options = new JsonArray()
                .add(new JsonObject().put("value", "1").put("label", "SMS"))
                .add(new JsonObject().put("value", "2").put("label", "Aplicativo"));
        Connected bank = asking("select", options);
        bank.becomes(mfa(bank), "UPDATING", 20);

        bank.post("update_mfa", "{\"mfa_value\":\"3\"}").then().statusCode(400).body("code", equalTo("invalid_answer"));
        assertThat(ScriptedPluggy.calls(mfa(bank))).isZero();

        bank.post("update_mfa", "{\"mfa_value\":\"2\"}").then().statusCode(202);
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATED, no_pending_challenge",
        "UPDATING, no_pending_challenge",
        "LOGIN_ERROR, no_pending_challenge",
        "WAITING_USER_ACTION, no_pending_challenge"
    })
    void thatNobodyAsksCannotBeAnswered(String status, String code) {
        Connected bank = Connected.in("UPDATED");
        bank.is(status, 10)
                .put(
                        "userAction",
                        new JsonObject().put("instructions", "Leia o QR code").put("type", "qr"));

        var answer = bank.post("update_mfa", "{\"mfa_value\":\"" + SECRET + "\"}")
                .then()
                .statusCode(409)
                .body("code", equalTo(code));

        if (status.equals("WAITING_USER_ACTION")) {
            answer.body("action_required.instructions", equalTo("Leia o QR code"));
        }
        assertThat(ScriptedPluggy.calls(mfa(bank))).isZero();
    }

    @Test
    void thatHasRunOutSaysSoAndCanBeginAgain() {
        Connected bank = asking("number", null);
        ScriptedPluggy.present(bank.item()).getJsonObject("parameter").put("expiresAt", "2026-03-10T09:20:00.000Z");

        bank.post("update_mfa", "{\"mfa_value\":\"123456\"}")
                .then()
                .statusCode(409)
                .body("code", equalTo("challenge_expired"))
                .body("detail", containsString("/sync"));

        bank.is("OUTDATED", 20).put("error", new JsonObject().put("code", "USER_INPUT_TIMEOUT"));
        bank.post("update_mfa", "{\"mfa_value\":\"123456\"}")
                .then()
                .statusCode(409)
                .body("code", equalTo("challenge_expired"));
        bank.api().get(bank.path()).then().body("action_required.kind", equalTo("mfa"));
        bank.becomes("UPDATING", 30);
        bank.sync().then().statusCode(202).body("status", equalTo("SYNC_STARTED"));
    }

    @Test
    void thatIsAnsweredWronglyShowsWhatTheBankSays() {
        Connected bank = asking("number", null);
        bank.becomes(mfa(bank), "UPDATING", 20);
        bank.post("update_mfa", "{\"mfa_value\":\"000000\"}").then().statusCode(202);

        bank.is("LOGIN_ERROR", 30).put("error", new JsonObject().put("code", "INVALID_CREDENTIALS_MFA"));
        bank.notified();

        bank.awaitStatus("LOGIN_ERROR");
        bank.api()
                .get(bank.path())
                .then()
                .body("status_reason", equalTo("INVALID_CREDENTIALS_MFA"))
                .body("action_required.reason", equalTo("INVALID_CREDENTIALS_MFA"));
        assertThat(bank.kinds(2)).containsExactly("requested", "abandoned");
    }

    @Test
    void thatTheProviderNoLongerWaitsForIsTold() {
        Connected bank = asking("number", null);
        ScriptedPluggy.answer(mfa(bank), Answer.of(400, null));
        bank.post("update_mfa", "{\"mfa_value\":\"123456\"}").then().statusCode(502);

        ScriptedPluggy.usual(mfa(bank));
        ScriptedPluggy.answer(mfa(bank), Answer.of(503, null));
        bank.post("update_mfa", "{\"mfa_value\":\"123456\"}")
                .then()
                .statusCode(503)
                .body("code", equalTo("provider_unavailable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mfa_value\":\"\"}",
                "{\"mfa_value\":123456}",
                "{\"mfa_value\":\"1\",\"parameters\":{\"token\":\"1\"}}",
                "{\"parameters\":{}}",
                "{\"parameters\":{\"token\":null}}",
                "{\"parameters\":{\"token\":{}}}",
                "{\"secret\":\"" + SECRET + "\"}",
                "{\"mfa_value\":\"" + SECRET
            })
    void isNotAnsweredByAnOddBody(String body) {
        Connected bank = asking("number", null);

        bank.post("update_mfa", body)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_body"))
                .body(not(containsString(SECRET)));

        String longest = "x".repeat(1_001);
        bank.post("update_mfa", "{\"mfa_value\":\"" + longest + "\"}").then().statusCode(400);
        assertThat(ScriptedPluggy.calls(mfa(bank))).isZero();
    }

    @Test
    void isNotAnsweredUnderAnotherName() {
        Connected bank = asking("number", null);

        bank.post("update_mfa", "{\"parameters\":{\"password\":\"" + SECRET + "\"}}")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_answer"))
                .body(not(containsString(SECRET)));
    }

    @Test
    void ofSomebodyElseIsUnknown() {
        Connected bank = asking("number", null);

        Api.of(Api.someone())
                .post(bank.path() + "/update_mfa", "{\"mfa_value\":\"123456\"}")
                .then()
                .statusCode(404)
                .body("code", equalTo("connection_not_found"));
        assertThat(ScriptedPluggy.calls(mfa(bank))).isZero();
    }

    @Test
    void keepsTheAnswerToItself() {
        assertThat(new ChallengeAnswer(SECRET, Map.of("token", SECRET)).toString())
                .doesNotContain(SECRET);
    }

    private static Connected asking(String type, JsonArray options) {
        Connected bank = Connected.in("UPDATED");
        bank.is("WAITING_USER_INPUT", 10)
                .put(
                        "parameter",
                        new JsonObject()
                                .put("name", "token")
                                .put("type", type)
                                .put("options", options)
                                .put("expiresAt", "2096-03-10T09:20:00.000Z"));
        return bank;
    }

    private static String mfa(Connected bank) {
        return "POST /items/" + bank.item() + "/mfa";
    }
}
