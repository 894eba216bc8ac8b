package dev.afluente.connections.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CredentialTest extends ScriptedPluggyTest {
    private static final String SECRET = "canary-8675309";
    private static final String BODY = "{\"parameters\":{\"user\":\"ana\",\"password\":\"" + SECRET + "\"}}";

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"parameters\":{}}", "{\"parameters\":null}", ""})
    void areGivenInTheWidgetWhenNoneCome(String body) {
        Connected bank = Connected.in("LOGIN_ERROR");

        bank.post("update_credentials", body)
                .then()
                .statusCode(200)
                .body("connect_token", notNullValue())
                .body("connect_url", notNullValue())
                .body("expires_at", notNullValue());

        assertThat(ScriptedPluggy.tokenRequests().get(0).getString("itemId")).isEqualTo(bank.item());
    }

    @Test
    void arePassedOnAndARunFollows() {
        Connected bank = Connected.in("LOGIN_ERROR");
        bank.becomes("UPDATING", 10);

        String run = bank.post("update_credentials/", BODY)
                .then()
                .statusCode(202)
                .extract()
                .path("run_id");

        assertThat(ScriptedPluggy.bodies(bank.patch())).hasSize(1).allMatch(sent -> sent.contains(SECRET));
        bank.is("UPDATED", 20);
        bank.notified();
        assertThat(bank.kinds(2)).containsExactly("requested", "released");
        assertThat(bank.requests(2)).allMatch(event -> event.value().contains(run));
        assertThat(Rows.text("SELECT state || last_run FROM connections WHERE id = ?", bank.id()))
                .isNull();
        assertThat(Rows.text("SELECT state FROM connections WHERE id = ?", bank.id()))
                .doesNotContain(SECRET);
    }

    @Test
    void thatTheBankDoesNotTakeAreToldByName() {
        Connected bank = Connected.in("LOGIN_ERROR");
        JsonObject refusal = new JsonObject(
                        Answer.of(400, "CONNECTOR_VALIDATION_ERROR").body())
                .put(
                        "details",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("parameter", "password")
                                        .put("message", "bad value " + SECRET)));
        ScriptedPluggy.answer(bank.patch(), new Answer(400, refusal.encode(), Map.of()));

        bank.post("update_credentials", BODY)
                .then()
                .statusCode(400)
                .body("code", equalTo("credentials_refused"))
                .body("names[0]", equalTo("password"))
                .body(not(containsString(SECRET)));

        assertThat(Rows.count("SELECT count(*) FROM asked_runs WHERE connection_id = ?", bank.id()))
                .isZero();
    }

    @Test
    void comeAgainWhenTheBankIsBeingRead() {
        Connected bank = Connected.in("UPDATED");
        ScriptedPluggy.answer(bank.patch(), Answer.of(400, "ITEM_ALREADY_UPDATING"));
        bank.post("update_credentials", BODY).then().statusCode(409).body("code", equalTo("connection_busy"));

        ScriptedPluggy.answer(bank.patch(), Answer.of(503, null));
        bank.post("update_credentials", BODY).then().statusCode(503).header("Retry-After", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"parameters\":{\"user\":null}}",
                "{\"parameters\":{\"\":\"x\"}}",
                "{\"parameters\":{\"user\":1}}",
                "{\"password\":\"" + SECRET + "\"}"
            })
    void ofAnOddShapeAreRefusedUnread(String body) {
        Connected bank = Connected.in("LOGIN_ERROR");

        bank.post("update_credentials", body)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_body"))
                .body(not(containsString(SECRET)));
        assertThat(bank.refreshes()).isZero();
    }

    @Test
    void ofSomebodyElseAreUnknown() {
        Connected bank = Connected.in("LOGIN_ERROR");

        for (String body : new String[] {BODY, "{}"}) {
            Api.of(Api.someone())
                    .post(bank.path() + "/update_credentials", body)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("connection_not_found"));
        }
        assertThat(bank.refreshes()).isZero();
    }

    @Test
    void areNotShown() {
        assertThat(new Credentials(Map.of("password", SECRET)).toString()).doesNotContain(SECRET);
    }
}
