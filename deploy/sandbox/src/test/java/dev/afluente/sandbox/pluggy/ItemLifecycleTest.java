package dev.afluente.sandbox.pluggy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ItemLifecycleTest {

    @TestHTTPResource
    String base;

    private Client pluggy;

    @BeforeEach
    void connect() {
        pluggy = Client.application(base);
    }

    @ParameterizedTest
    @CsvSource({
        "user-ok,UPDATED,SUCCESS",
        "user-ok-account-error,UPDATED,PARTIAL_SUCCESS",
        "user-ok-account-warning,UPDATED,SUCCESS",
        "user-ok-25,UPDATED,SUCCESS",
        "user-ok-perf-3,UPDATED,SUCCESS",
        "user-logged,OUTDATED,ALREADY_LOGGED_IN",
        "user-locked,LOGIN_ERROR,ACCOUNT_LOCKED",
        "user-error,OUTDATED,UNEXPECTED_ERROR",
        "user-unavailable,OUTDATED,SITE_NOT_AVAILABLE",
        "user-account-need-actions,OUTDATED,ACCOUNT_NEEDS_ACTION",
        "user-account-need-actions-provider-message,OUTDATED,ACCOUNT_NEEDS_ACTION",
        "user-connection-error,OUTDATED,CONNECTION_ERROR",
        "user-account-credentials-reset,LOGIN_ERROR,ACCOUNT_CREDENTIALS_RESET",
        "user-not-supported,LOGIN_ERROR,USER_NOT_SUPPORTED",
        "user-authorization-pending,LOGIN_ERROR,USER_AUTHORIZATION_PENDING",
        "user-ok-9,LOGIN_ERROR,INVALID_CREDENTIALS",
        "user-ok-1000001,LOGIN_ERROR,INVALID_CREDENTIALS",
        "somebody,LOGIN_ERROR,INVALID_CREDENTIALS",
    })
    void everySandboxUserEndsAsDocumented(String user, String status, String executionStatus) {
        JsonNode item = pluggy.connected(2, user);
        assertThat(item.get("status").asText()).isEqualTo(status);
        assertThat(item.get("executionStatus").asText()).isEqualTo(executionStatus);
        boolean good = status.equals("UPDATED");
        assertThat(item.get("error").isNull()).isEqualTo(good);
        assertThat(item.get("lastUpdatedAt").isNull()).isEqualTo(!good);
        if (!good) {
            assertThat(item.at("/error/code").asText()).isEqualTo(executionStatus);
        }
        assertThat(item.at("/error/providerMessage").isTextual()).isEqualTo(user.endsWith("provider-message"));
        assertThat(pluggy.accounts(item.get("id").asText()).isEmpty()).isEqualTo(!good);
    }

    @Test
    void aWrongPasswordIsALoginError() {
        JsonNode created = pluggy.ok("POST", "/items", Client.login(2, "user-ok", "password-wrong"));
        JsonNode item = pluggy.settled(created.get("id").asText());
        assertThat(item.get("executionStatus").asText()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(item.get("consecutiveFailedLoginAttempts").asInt()).isEqualTo(1);
        assertThat(item.get("nextAutoSyncAt").isNull()).isTrue();
    }

    @Test
    void theStatusesComeInPluggysOrder() {
        JsonNode created = pluggy.create(2, "user-ok");
        assertThat(created.get("status").asText()).isEqualTo("UPDATING");
        assertThat(created.get("executionStatus").asText()).isEqualTo("CREATED");
        Set<String> seen = new LinkedHashSet<>();
        String path = "/items/" + created.get("id").asText();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    String executionStatus =
                            pluggy.ok(path).get("executionStatus").asText();
                    seen.add(executionStatus);
                    return executionStatus.equals("SUCCESS");
                });
        assertThat(new LinkedHashSet<>(List.of(
                        "CREATED",
                        "LOGIN_IN_PROGRESS",
                        "ACCOUNTS_IN_PROGRESS",
                        "CREDITCARDS_IN_PROGRESS",
                        "TRANSACTIONS_IN_PROGRESS",
                        "PAYMENT_DATA_IN_PROGRESS",
                        "IDENTITY_IN_PROGRESS",
                        "MERGING",
                        "SUCCESS")))
                .containsSubsequence(seen);
    }

    @Test
    void aPartialSuccessSaysWhichProductFailed() {
        JsonNode item = pluggy.connected(2, "user-ok-account-error");
        JsonNode detail = item.get("statusDetail");
        assertThat(detail.at("/accounts/isUpdated").asBoolean()).isTrue();
        assertThat(detail.at("/transactions/isUpdated").asBoolean()).isTrue();
        assertThat(detail.at("/creditCards/isUpdated").asBoolean()).isFalse();
        assertThat(detail.at("/creditCards/warnings/0/code").asText()).isEqualTo("001");
        assertThat(detail.get("loans").isNull()).isTrue();
        assertThat(pluggy.accounts(item.get("id").asText()))
                .noneMatch(account -> account.get("type").asText().equals("CREDIT"));
    }

    @Test
    void newParametersLeadOutOfALoginError() {
        String id = pluggy.connected(2, "user-locked").get("id").asText();
        ObjectNode body = Json.object();
        body.putObject("parameters").put("user", "user-ok").put("password", "password-ok");
        pluggy.ok("PATCH", "/items/" + id, body);
        JsonNode item = pluggy.settled(id);
        assertThat(item.get("executionStatus").asText()).isEqualTo("SUCCESS");
        assertThat(item.get("consecutiveFailedLoginAttempts").asInt()).isZero();
    }

    @Test
    void anUpdateOfUnchangedDataChangesNothing() {
        String id = pluggy.connected(2, "user-ok-60").get("id").asText();
        String account = pluggy.accounts(id).get(0).get("id").asText();
        var before = pluggy.transactions("?accountId=" + account);
        pluggy.ok("PATCH", "/items/" + id, Json.object());
        pluggy.settled(id);
        assertThat(pluggy.transactions("?accountId=" + account)).isEqualTo(before);
    }

    @Test
    void aRunningItemRefusesAnotherUpdate() {
        String id = pluggy.create(2, "user-ok").get("id").asText();
        Client.Answer answer = pluggy.call("PATCH", "/items/" + id, Json.object());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("ITEM_ALREADY_UPDATING");
        pluggy.settled(id);
    }

    @Test
    void missingAndMalformedParametersAreNamed() {
        ObjectNode body = Json.object().put("connectorId", 600);
        body.putObject("parameters").put("cpf", "111.111.111-12");
        Client.Answer answer = pluggy.post("/items", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("CONNECTOR_VALIDATION_ERROR");
        assertThat(answer.body().at("/details/0/parameter").asText()).isEqualTo("cpf");
        assertThat(pluggy.post("/items", Json.object().put("connectorId", 2))
                        .body()
                        .at("/details/0/code")
                        .asText())
                .isEqualTo("001");
        assertThat(pluggy.post("/items", Client.login(99_999, "user-ok", "password-ok"))
                        .code())
                .isEqualTo("CONNECTOR_NOT_FOUND");
    }

    @Test
    void duplicatesAreRefusedWhereAsked() {
        String id = pluggy.connected(1, "user-ok-77").get("id").asText();
        Client.Answer answer = pluggy.post(
                "/items", Client.login(1, "user-ok-77", "password-ok").put("avoidDuplicates", true));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("ITEM_USER_ALREADY_EXISTS");
        assertThat(answer.body().get("items").toString()).contains(id);
    }

    @Test
    void aDeletedItemIsGoneWithItsAccounts() {
        String id = pluggy.connected(2, "user-ok-20").get("id").asText();
        String account = pluggy.accounts(id).get(0).get("id").asText();
        assertThat(pluggy.ok("DELETE", "/items/" + id, null).get("count").asInt())
                .isEqualTo(1);
        assertThat(pluggy.get("/items/" + id).code()).isEqualTo("ITEM_NOT_FOUND");
        assertThat(pluggy.get("/v2/transactions?accountId=" + account).code()).isEqualTo("ACCOUNT_NOT_FOUND");
        assertThat(pluggy.call("DELETE", "/items/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void automaticSyncCanBeSwitchedOff() {
        JsonNode item = pluggy.connected(2, "user-ok-20");
        assertThat(item.get("nextAutoSyncAt").isTextual()).isTrue();
        JsonNode off = pluggy.ok("PATCH", "/items/" + item.get("id").asText() + "/disable-auto-sync", Json.object());
        assertThat(off.get("nextAutoSyncAt").isNull()).isTrue();
    }
}
