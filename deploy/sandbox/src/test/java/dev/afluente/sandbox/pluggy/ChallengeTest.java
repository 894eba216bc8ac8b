package dev.afluente.sandbox.pluggy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ChallengeTest {

    @TestHTTPResource
    String base;

    private Client pluggy;

    @BeforeEach
    void connect() {
        pluggy = Client.application(base);
    }

    private JsonNode answer(String id, String value) {
        pluggy.ok("POST", "/items/" + id + "/mfa", Json.object().put("token", value));
        return pluggy.settled(id);
    }

    @ParameterizedTest
    @CsvSource({"4,number", "5,text", "6,select", "7,image"})
    void eachKindOfChallengeIsAskedAndAnswered(int connector, String type) {
        JsonNode item = pluggy.connected(connector, "user-ok-15");
        assertThat(item.get("status").asText()).isEqualTo("WAITING_USER_INPUT");
        JsonNode parameter = item.get("parameter");
        assertThat(parameter.get("type").asText()).isEqualTo(type);
        assertThat(parameter.get("name").asText()).isEqualTo("token");
        assertThat(Instant.parse(parameter.get("expiresAt").asText())).isAfter(Instant.now());
        if (type.equals("select")) {
            assertThat(parameter.get("options").findValuesAsText("value")).contains("123456");
        }
        if (type.equals("image")) {
            assertThat(Base64.getDecoder().decode(parameter.get("data").asText()))
                    .startsWith(0x89, 'P', 'N', 'G');
        }
        JsonNode done = answer(item.get("id").asText(), "123456");
        assertThat(done.get("executionStatus").asText()).isEqualTo("SUCCESS");
        assertThat(done.get("parameter").isNull()).isTrue();
    }

    @Test
    void aWrongAnswerIsALoginError() {
        String id = pluggy.connected(4, "user-ok").get("id").asText();
        JsonNode item = answer(id, "000000");
        assertThat(item.get("status").asText()).isEqualTo("LOGIN_ERROR");
        assertThat(item.get("executionStatus").asText()).isEqualTo("INVALID_CREDENTIALS_MFA");
    }

    @Test
    void everyUpdateAsksAgain() {
        String id = pluggy.connected(4, "user-ok-15").get("id").asText();
        answer(id, "123456");
        pluggy.ok("PATCH", "/items/" + id, Json.object());
        assertThat(pluggy.settled(id).get("status").asText()).isEqualTo("WAITING_USER_INPUT");
        assertThat(answer(id, "123456").get("status").asText()).isEqualTo("UPDATED");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 600})
    void whoDoesNotAnswerInTimeIsTimedOut(int connector) {
        ObjectNode body = Client.login(connector, "user-ok-15", "password-ok");
        ((ObjectNode) body.get("parameters")).put("cpf", "761.092.776-73");
        String id = pluggy.ok("POST", "/items", body).get("id").asText();
        pluggy.settled(id);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> pluggy.ok("/items/" + id)
                .get("executionStatus")
                .asText()
                .equals("USER_INPUT_TIMEOUT"));
        Client.Answer late = pluggy.post("/items/" + id + "/mfa", Json.object().put("token", "123456"));
        assertThat(late.status()).isEqualTo(400);
    }

    @Test
    void aOneStepTokenGoesWithTheCredentialsAndMustBeRenewed() {
        ObjectNode body = Client.login(3, "user-ok-15", "password-ok");
        assertThat(pluggy.post("/items", body).code()).isEqualTo("CONNECTOR_VALIDATION_ERROR");
        ((ObjectNode) body.get("parameters")).put("token", "999999");
        String wrong = pluggy.ok("POST", "/items", body).get("id").asText();
        assertThat(pluggy.settled(wrong).get("executionStatus").asText()).isEqualTo("INVALID_CREDENTIALS_MFA");

        ((ObjectNode) body.get("parameters")).put("token", "123401");
        String id = pluggy.ok("POST", "/items", body).get("id").asText();
        assertThat(pluggy.settled(id).get("status").asText()).isEqualTo("UPDATED");
        assertThat(pluggy.call("PATCH", "/items/" + id, Json.object()).code())
                .isEqualTo("CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR");
        ObjectNode same = Json.object();
        same.putObject("parameters").put("token", "123401");
        assertThat(pluggy.call("PATCH", "/items/" + id, same).code())
                .isEqualTo("MFA_PARAMERTER_WAS_ALREADY_USED_ERROR");
        ObjectNode fresh = Json.object();
        fresh.putObject("parameters").put("token", "123402");
        pluggy.ok("PATCH", "/items/" + id, fresh);
        assertThat(pluggy.settled(id).get("status").asText()).isEqualTo("UPDATED");
    }

    private JsonNode openFinance(String user) {
        ObjectNode body = Json.object().put("connectorId", 600).put("oauthRedirectUri", "http://127.0.0.1/volta");
        body.putObject("parameters").put("cpf", "761.092.776-73").put("user", user);
        return pluggy.settled(pluggy.ok("POST", "/items", body).get("id").asText());
    }

    @Test
    void openFinanceSendsThePersonToTheBank() {
        JsonNode item = openFinance("user-ok-15");
        String id = item.get("id").asText();
        assertThat(item.get("status").asText()).isEqualTo("WAITING_USER_ACTION");
        assertThat(item.at("/userAction/type").asText()).isEqualTo("authorize-access");
        assertThat(item.at("/userAction/attributes/url").asText())
                .startsWith("http")
                .endsWith(id);
        pluggy.ok("POST", "/sandbox/items/" + id + "/authorize", Json.object().put("approve", true));
        assertThat(pluggy.settled(id).get("executionStatus").asText()).isEqualTo("SUCCESS");
        JsonNode consents = pluggy.ok("/consents?itemId=" + id).get("results");
        assertThat(consents).hasSize(1);
        assertThat(consents.get(0).get("openFinancePermissionsGranted").size()).isPositive();

        pluggy.ok("PATCH", "/items/" + id, Json.object());
        assertThat(pluggy.settled(id).get("status").asText()).isEqualTo("UPDATED");
    }

    @Test
    void whoRefusesAtTheBankIsNotConnected() {
        String id = openFinance("user-ok-15").get("id").asText();
        pluggy.ok("POST", "/sandbox/items/" + id + "/authorize", Json.object().put("approve", false));
        assertThat(pluggy.settled(id).get("executionStatus").asText()).isEqualTo("USER_AUTHORIZATION_NOT_GRANTED");
    }

    @Test
    void aRevokedConsentStopsTheNextUpdateUntilThePersonAgreesAgain() {
        String id = openFinance("user-ok-consent-revoked").get("id").asText();
        pluggy.ok("POST", "/sandbox/items/" + id + "/authorize", Json.object().put("approve", true));
        assertThat(pluggy.settled(id).get("status").asText()).isEqualTo("UPDATED");
        Awaitility.await().until(() -> pluggy.ok("/consents?itemId=" + id)
                .at("/results/0/revokedAt")
                .isTextual());
        pluggy.ok("PATCH", "/items/" + id, Json.object());
        assertThat(pluggy.settled(id).get("executionStatus").asText()).isEqualTo("USER_AUTHORIZATION_REVOKED");

        ObjectNode again = Json.object();
        again.putObject("parameters").put("cpf", "761.092.776-73");
        pluggy.ok("PATCH", "/items/" + id, again);
        assertThat(pluggy.settled(id).get("status").asText()).isEqualTo("WAITING_USER_ACTION");
        pluggy.ok("POST", "/sandbox/items/" + id + "/authorize", Json.object().put("approve", true));
        assertThat(pluggy.settled(id).get("status").asText()).isEqualTo("UPDATED");
        assertThat(pluggy.ok("/consents?itemId=" + id).get("results")).hasSize(2);
    }

    @Test
    void whatIsNotGivenCannotBeWithdrawn() {
        String id = openFinance("user-ok-15").get("id").asText();
        ObjectNode revoke = Json.object().put("revoke", true);
        String path = "/sandbox/items/" + id + "/consent";
        assertThat(pluggy.call("POST", path, revoke).code()).isEqualTo("CONSENT_NOT_VALID");
        pluggy.ok("POST", "/sandbox/items/" + id + "/authorize", Json.object());
        pluggy.settled(id);
        pluggy.ok("POST", path, revoke);
        assertThat(pluggy.call("POST", path, revoke).status()).isEqualTo(409);
    }

    @Test
    void anExpiredConsentIsToldAsSuch() {
        String id = openFinance("user-ok-15").get("id").asText();
        pluggy.ok("POST", "/sandbox/items/" + id + "/authorize", Json.object());
        pluggy.settled(id);
        String past = "2026-01-01T00:00:00.000Z";
        JsonNode item = pluggy.ok(
                "POST", "/sandbox/items/" + id + "/consent", Json.object().put("expires_at", past));
        assertThat(item.get("consentExpiresAt").asText()).isEqualTo(past);
        pluggy.ok("PATCH", "/items/" + id, Json.object());
        assertThat(pluggy.settled(id).get("status").asText()).isEqualTo("LOGIN_ERROR");
    }
}
