package dev.afluente.connections.manual;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.connection.SandboxIT;
import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.Topic;
import dev.afluente.embedded.testing.SandboxResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manual sync against the simulator: where its users get to, and out of again by doing what the answer says. */
@QuarkusTest
@TestProfile(SandboxIT.Simulated.class)
class SandboxSyncIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private String item;
    private String id;

    @Test
    void startsARunThatIsReleasedWhenTheBankWasRead() {
        connect(0, "user-ok");

        String run = sync().then()
                .statusCode(202)
                .body("status", equalTo("SYNC_STARTED"))
                .extract()
                .path("run_id");

        awaitEnd(run, "released");
    }

    @ParameterizedTest
    @CsvSource({"4, number", "5, text", "6, select", "7, image"})
    void goesOnAfterTheAnswer(int connector, String type) {
        connect(connector, "user-ok");
        String run = sync().then().statusCode(202).extract().path("run_id");
        awaitStatus("WAITING_USER_INPUT");
        sync().then()
                .statusCode(200)
                .body("status", equalTo("MFA_REQUIRED"))
                .body("run_id", equalTo(run))
                .body("action_required.parameter.type", equalTo(type));

        api.post(path("update_mfa"), "{\"mfa_value\":\"123456\"}")
                .then()
                .statusCode(202)
                .body("run_id", equalTo(run));

        awaitEnd(run, "released");
    }

    @Test
    void showsAWrongAnswerAndIsLeftWithNewCredentials() {
        connect(4, "user-ok");
        String run = sync().then().statusCode(202).extract().path("run_id");
        awaitStatus("WAITING_USER_INPUT");
        api.post(path("update_mfa"), "{\"mfa_value\":\"000000\"}").then().statusCode(202);
        awaitStatus("LOGIN_ERROR");
        awaitEnd(run, "abandoned");
        sync().then().statusCode(200).body("status", equalTo("CREDENTIALS_REQUIRED"));

        String again = renew("user-ok");

        awaitStatus("WAITING_USER_INPUT");
        api.post(path("update_mfa"), "{\"mfa_value\":\"123456\"}").then().statusCode(202);
        awaitEnd(again, "released");
    }

    @Test
    void wantsAFreshTokenWhereTheLoginHoldsOne() {
        connect(3, "user-ok");

        String run = sync().then()
                .statusCode(200)
                .body("status", equalTo("MFA_REQUIRED"))
                .body("action_required.parameter.name", equalTo("token"))
                .extract()
                .path("run_id");
        api.post(path("update_mfa"), "{\"mfa_value\":\"12349999\"}")
                .then()
                .statusCode(202)
                .body("run_id", equalTo(run));

        awaitEnd(run, "released");
    }

    @Test
    void waitsForTheBanksOwnPage() {
        connect(8, "user-ok");
        String run = sync().then().statusCode(202).extract().path("run_id");
        awaitStatus("WAITING_USER_ACTION");
        sync().then().statusCode(200).body("status", equalTo("ACTION_REQUIRED")).body("run_id", equalTo(run));
        api.post(path("update_mfa"), "{\"mfa_value\":\"123456\"}")
                .then()
                .statusCode(409)
                .body("code", equalTo("no_pending_challenge"));

        sandbox("items/" + item + "/authorize", "{\"approve\":true}");

        awaitEnd(run, "released");
    }

    @ParameterizedTest
    @CsvSource({
        "user-locked, CREDENTIALS_REQUIRED",
        "nobody, CREDENTIALS_REQUIRED",
        "user-authorization-pending, CONSENT_REQUIRED"
    })
    void leadsOutOfARefusedLogin(String bankUser, String status) {
        connect(0, "user-ok");
        sandbox("items/" + item + "/user", "{\"user\":\"" + bankUser + "\"}");
        String run = sync().then().statusCode(202).extract().path("run_id");
        awaitEnd(run, "abandoned");
        sync().then().statusCode(200).body("status", equalTo(status));

        awaitEnd(renew("user-ok"), "released");
    }

    @ParameterizedTest
    @CsvSource({"user-logged", "user-account-need-actions"})
    void isTriedAgainOnceThePersonHasActedAtTheBank(String bankUser) {
        connect(0, "user-ok");
        sandbox("items/" + item + "/user", "{\"user\":\"" + bankUser + "\"}");
        awaitEnd(sync().then().statusCode(202).extract().path("run_id"), "abandoned");
        api.get(Api.CONNECTIONS + "/" + id).then().body("action_required.kind", equalTo("action"));

        sandbox("items/" + item + "/user", "{\"user\":\"user-ok\"}");

        awaitEnd(sync().then().statusCode(202).extract().path("run_id"), "released");
    }

    private void connect(int connector, String bankUser) {
        item = given().contentType(ContentType.JSON)
                .body("{\"user\":\"" + bankUser + "\",\"connector_id\":" + connector + ",\"client_user_id\":\"" + user
                        + "\"}")
                .post(SandboxResource.url() + "/sandbox/items")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        id = api.createFromItem(item).then().statusCode(201).extract().path("id");
        awaitStatus("UPDATED");
    }

    private String renew(String bankUser) {
        return api.post(
                        path("update_credentials"),
                        "{\"parameters\":{\"user\":\"" + bankUser + "\",\"password\":\"password-ok\"}}")
                .then()
                .statusCode(202)
                .extract()
                .path("run_id");
    }

    private Response sync() {
        return api.request().post(path("sync"));
    }

    private String path(String command) {
        return Api.CONNECTIONS + "/" + id + "/" + command;
    }

    private static void sandbox(String path, String json) {
        given().contentType(ContentType.JSON)
                .body(json)
                .post(SandboxResource.url() + "/sandbox/" + path)
                .then()
                .statusCode(200);
    }

    private void awaitStatus(String status) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            Topic.webhook("item/updated", item);
            return status.equals(api.get(Api.CONNECTIONS + "/" + id).path("status"));
        });
    }

    private void awaitEnd(String run, String how) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            Topic.webhook("item/updated", item);
            return "ENDED".equals(Rows.text("SELECT phase FROM asked_runs WHERE run_id = ?", UUID.fromString(run)));
        });
        List<String> kinds = Topic.await(
                        "banking.sync-requests", 2, event -> event.value().contains(run))
                .stream()
                .map(event -> Topic.header(event, "ce_type"))
                .toList();
        assertThat(kinds).containsExactly("dev.afluente.sync.requested.v1", "dev.afluente.sync." + how + ".v1");
    }
}
