package dev.afluente.connections.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConsentTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();
    private String id;

    @Test
    void isShownWholeAndRefreshedWithEachState() {
        ScriptedPluggy.consents(new JsonArray().add(consent("2098-03-10T09:15:03Z", null)));
        connect();

        api.get(path())
                .then()
                .statusCode(200)
                .body("products", equalTo(List.of("ACCOUNTS", "CREDIT_CARDS")))
                .body("permissions", equalTo(List.of("ACCOUNTS_ALL", "REGISTRATION_ALL")))
                .body("granted_at", equalTo("2026-01-05T13:00:10Z"))
                .body("expires_at", equalTo("2098-03-10T09:15:03Z"))
                .body("revoked_at", nullValue())
                .body("valid_now", equalTo(true));
        ScriptedPluggy.consents(new JsonArray().add(consent("2099-03-10T09:15:03Z", null)));
        check();

        api.get(path() + "/").then().body("expires_at", equalTo("2099-03-10T09:15:03Z"));
        api.get(Api.CONNECTIONS + "/" + id)
                .then()
                .body("consent.expires_at", equalTo("2099-03-10T09:15:03Z"))
                .body("consent.permissions.size()", equalTo(2));
    }

    @Test
    void thatWasTakenBackIsToldAsSuchAndNotAsAnError() {
        ScriptedPluggy.consents(new JsonArray().add(consent(null, "2026-03-09T08:00:00.000Z")));
        connect();

        api.get(path())
                .then()
                .body("revoked_at", equalTo("2026-03-09T08:00:00Z"))
                .body("valid_now", equalTo(false));
        api.get(Api.CONNECTIONS + "/" + id)
                .then()
                .statusCode(200)
                .body("action_required.kind", equalTo("consent"))
                .body("action_required.reason", equalTo("CONSENT_REVOKED"));
    }

    /** The bank refuses, the list of consents knows nothing of it yet; elsewhere than in Open Finance there is no list. */
    @Test
    void thatOnlyTheRefusalTellsOfIsTakenBackAsWell() {
        ScriptedPluggy.consents(new JsonArray().add(consent(null, null)));
        connect();
        JsonObject told = ScriptedPluggy.item(item, user, "LOGIN_ERROR", THEN.plusSeconds(60))
                .put("error", new JsonObject().put("code", "USER_AUTHORIZATION_REVOKED"));
        check();
        api.get(path())
                .then()
                .body("valid_now", equalTo(false))
                .body("revoked_at", notNullValue())
                .body("granted_at", notNullValue());
        told.getJsonObject("connector").put("isOpenFinance", false);
        told.put("updatedAt", THEN.plusSeconds(120).toString());
        check();

        api.get(path())
                .then()
                .body("valid_now", equalTo(false))
                .body("revoked_at", equalTo(THEN.plusSeconds(120).toString()));
        api.get(Api.CONNECTIONS + "/" + id).then().body("action_required.kind", equalTo("consent"));
    }

    @Test
    void isNotFoundWhereThereIsNoneOrNoConnection() {
        ScriptedPluggy.item(item, user, "UPDATED", THEN)
                .getJsonObject("connector")
                .put("isOpenFinance", false);
        id = api.createFromItem(item).path("id");
        api.get(path()).then().statusCode(404).body("code", equalTo("consent_not_found"));

        String unknown = api.get(Api.CONNECTIONS + "/" + UUID.randomUUID() + "/consent")
                .then()
                .statusCode(404)
                .body("code", equalTo("connection_not_found"))
                .extract()
                .asString();
        assertThat(Api.of(Api.someone()).get(path()).asString()).isEqualTo(unknown);
        assertThat(Api.of("acme", user).get(path()).asString()).isEqualTo(unknown);
        assertThat(api.get(Api.CONNECTIONS + "/nonsense/consent").asString()).isEqualTo(unknown);
        api.request().delete(Api.CONNECTIONS + "/" + id);
        assertThat(api.get(path()).asString()).isEqualTo(unknown);
    }

    private void connect() {
        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        id = api.createFromItem(item).then().statusCode(201).extract().path("id");
    }

    private void check() {
        api.get(Api.CONNECTIONS + "/" + id + "/check_status").then().statusCode(200);
    }

    private String path() {
        return Api.CONNECTIONS + "/" + id + "/consent";
    }

    private static JsonObject consent(String expiresAt, String revokedAt) {
        return new JsonObject()
                .put("products", new JsonArray().add("ACCOUNTS").add("CREDIT_CARDS"))
                .put(
                        "openFinancePermissionsGranted",
                        new JsonArray().add("ACCOUNTS_ALL").add("REGISTRATION_ALL"))
                .put("createdAt", "2026-01-05T13:00:10.000Z")
                .put("expiresAt", expiresAt)
                .put("revokedAt", revokedAt);
    }
}
