package dev.afluente.connections.api;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.model.openapi.contract.AccessMatrix;
import dev.afluente.model.openapi.contract.AccessMatrix.Row;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Proof 8: nobody without the right to an operation gets anything from it, nor learns what exists. */
@QuarkusTest
class AccessMatrixTest extends ScriptedPluggyTest {
    private static final String NOBODYS = UUID.randomUUID().toString();
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");
    private static final String PLUGGY = "/api/banking/pluggy/";

    private final String item = UUID.randomUUID().toString();

    @Test
    void everyOperationIsClosedToWhoeverHasNoRightToIt() {
        TokenClaims owner = TokenClaims.of("ana-" + item).withTenant("acme");
        ScriptedPluggy.item(item, "acme/ana-" + item, "LOGIN_ERROR", THEN);
        ScriptedPluggy.connectors(
                new JsonArray().add(new JsonObject().put("id", 601).put("name", "Itaú")));
        Api ana = new Api(token(owner));
        String connection =
                ana.createFromItem(item).then().statusCode(201).extract().path("id");

        AccessMatrix matrix = new AccessMatrix(Api.contract(), rows(ana, connection))
                .refuses(IdentityResource.forgeries().of(owner))
                .forbids(IdentityResource.forgeries().withoutRole(owner))
                .hides("the same user of another tenant", token(owner.withTenant("globex")))
                .hides("the same user of the default tenant", token(TokenClaims.of("ana-" + item)))
                .hides("another user", token(TokenClaims.of("bia").withTenant("acme")));

        ana.get(Api.CONNECTIONS + "/" + connection).then().statusCode(200);
        System.out.println(matrix.figures());
    }

    private Map<String, Row> rows(Api ana, String connection) {
        String notification = ana.get("/api/banking/notifications").path("data[0].id");
        String byItem = "{\"item_id\":\"" + item + "\"}";
        Map<String, Row> rows = new HashMap<>();
        rows.put("listBanks", same("/api/banking/connectors", null));
        rows.put("listBanksByOlderName", same(PLUGGY + "banks", null));
        rows.put("getBank", new Row("/api/banking/connectors/" + NOBODYS, "/api/banking/connectors/0", null));
        rows.put("createConnectToken", same(Api.CONNECTIONS + "/create_connect_token", byItem));
        rows.put("createConnectTokenByOlderName", same(PLUGGY + "connect-token", byItem));
        rows.put("createConnection", same(Api.CONNECTIONS + "/create_from_item", byItem));
        rows.put("createConnectionByOlderName", same(PLUGGY + "callback", byItem));
        rows.put("listConnections", same(Api.CONNECTIONS, null));
        rows.put("listNotifications", same("/api/banking/notifications", null));
        rows.put("readNotification", of("/api/banking/notifications/", notification, "/read", null));
        rows.put("disconnectAccount", of(PLUGGY + "accounts/", connection, "/disconnect", null));
        rows.put("disconnectAccountByPost", of(PLUGGY + "accounts/", connection, "/disconnect", null));
        Map.of("getConnection", "", "removeConnection", "", "getRemoval", "/removal", "getConsent", "/consent")
                .forEach((operation, below) -> rows.put(operation, ofConnection(connection, below, null)));
        Map.of("syncConnection", "/sync", "syncConnectionByOlderName", "/sync_transactions")
                .forEach((operation, below) -> rows.put(operation, ofConnection(connection, below, null)));
        Map.of("answerChallenge", "/update_mfa", "answerChallengeByOlderName", "/send_mfa")
                .forEach((operation, below) ->
                        rows.put(operation, ofConnection(connection, below, "{\"mfa_value\":\"123456\"}")));
        rows.put(
                "updateCredentials",
                ofConnection(connection, "/update_credentials", "{\"parameters\":{\"user\":\"ana\"}}"));
        rows.put("checkStatus", ofConnection(connection, "/check_status", null));
        return rows;
    }

    private static Row same(String path, String body) {
        return new Row(path, path, body);
    }

    private static Row ofConnection(String connection, String below, String body) {
        return of(Api.CONNECTIONS + "/", connection, below, body);
    }

    private static Row of(String path, String id, String below, String body) {
        return new Row(path + id + below, path + NOBODYS + below, body);
    }

    private static String token(TokenClaims claims) {
        return IdentityResource.tokens().sign(claims);
    }
}
