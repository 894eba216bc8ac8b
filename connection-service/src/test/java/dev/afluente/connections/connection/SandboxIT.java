package dev.afluente.connections.connection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.embedded.testing.SandboxResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a connection against the simulator, as a frontend and the simulator's users live it. */
@QuarkusTest
@TestProfile(SandboxIT.Simulated.class)
public class SandboxIT {
    /** Resources of its own: no scripted Pluggy beside the simulator. */
    public static class Simulated implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(PostgresResource.class, Map.of("database", ScriptedPluggyTest.DATABASE)),
                    new TestResourceEntry(KafkaResource.class, Map.of("topics", ScriptedPluggyTest.TOPICS)),
                    new TestResourceEntry(IdentityResource.class),
                    new TestResourceEntry(SandboxResource.class));
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("afluente.pluggy.sandbox-connectors", "true");
        }
    }

    private final Api api = Api.of(Api.someone());

    @AfterEach
    void heal() {
        given().delete(SandboxResource.url() + "/sandbox/faults");
    }

    @Test
    void aBankIsFoundConnectedAndRead() {
        api.get("/api/banking/connectors")
                .then()
                .statusCode(200)
                .body("data.size()", greaterThan(1))
                .body("data.health", hasItem("online"));
        String item = connect("user-ok");

        String id = api.createFromItem(item)
                .then()
                .statusCode(201)
                .body("bank.name", notNullValue())
                .extract()
                .path("id");
        Topic.webhook("item/updated", item);

        awaitStatus(id, "UPDATED");
        api.get(Api.CONNECTIONS + "/" + id)
                .then()
                .body("products.product", hasItems("ACCOUNTS", "TRANSACTIONS"))
                .body("products[0].is_updated", equalTo(true));
        Api.of(Api.someone()).createFromItem(item).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "user-locked, LOGIN_ERROR|OUTDATED|ERROR",
        "user-unavailable, OUTDATED|ERROR",
        "user-ok-account-error, UPDATED",
        "user-account-need-actions, OUTDATED|LOGIN_ERROR|ERROR",
        "nobody, LOGIN_ERROR"
    })
    void everyUserOfTheSimulatorEndsWhereTheirBankLeavesThem(String bankUser, String statuses) {
        String item = connect(bankUser);
        String id = api.createFromItem(item).path("id");
        Topic.webhook("item/error", item);

        await().atMost(Duration.ofSeconds(40)).until(() -> {
            String status = api.get(Api.CONNECTIONS + "/" + id).path("status");
            return statuses.contains(status);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "status, 503, provider_unavailable",
        "status, 500, provider_unavailable",
        "rate_limit, 0, provider_unavailable",
        "reset, 0, provider_unavailable",
        "truncate, 0, provider_unavailable|provider_rejected"
    })
    void whatTheSimulatorBreaksIsToldAndHeals(String kind, int status, String codes) {
        String item = connect("user-ok");
        String rule =
                "{\"kind\":\"" + kind + "\",\"path\":\"/items\"" + (status == 0 ? "" : ",\"status\":" + status) + "}";
        given().contentType(ContentType.JSON)
                .body(rule)
                .post(SandboxResource.url() + "/sandbox/faults")
                .then()
                .statusCode(200);

        String code = api.createFromItem(item).path("code");
        assertThat(codes).contains(code);
        heal();

        api.createFromItem(item).then().statusCode(201);
    }

    @Test
    void aRemovalWhilePluggyIsDownEndsRevokedOnceItIsBack() {
        String item = connect("user-ok");
        String id = api.createFromItem(item).then().statusCode(201).extract().path("id");
        String removal = Api.CONNECTIONS + "/" + id + "/removal";
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"status\",\"path\":\"/items\",\"status\":503}")
                .post(SandboxResource.url() + "/sandbox/faults")
                .then()
                .statusCode(200);

        api.request().delete(Api.CONNECTIONS + "/" + id).then().statusCode(204);

        api.get(Api.CONNECTIONS + "/" + id).then().statusCode(404);
        String tried = "SELECT count(*) FROM tasks WHERE connection_id = ? AND kind = 'REVOKE' AND attempts >= 2";
        await().atMost(Duration.ofSeconds(20)).until(() -> Rows.count(tried, UUID.fromString(id)) == 1);
        api.get(removal).then().body("revoked_at", nullValue());
        heal();

        await().atMost(Duration.ofSeconds(40)).until(() -> api.get(removal).path("revoked_at") != null);
        api.createFromItem(item).then().statusCode(404);
    }

    /** What the widget does with the token that our API gave out. */
    private String connect(String bankUser) {
        String token = api.post(Api.CONNECTIONS + "/create_connect_token", "{}")
                .then()
                .statusCode(200)
                .extract()
                .path("connect_token");
        return given().header("X-API-KEY", token)
                .contentType(ContentType.JSON)
                .body("{\"connectorId\":0,\"parameters\":{\"user\":\"" + bankUser + "\",\"password\":\"password-ok\"}}")
                .post(SandboxResource.url() + "/items")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private void awaitStatus(String id, String status) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> status.equals(api.get(Api.CONNECTIONS + "/" + id).path("status")));
    }
}
