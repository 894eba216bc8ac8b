package dev.afluente.sandbox.pluggy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, connect tokens, connectors, webhooks' rules: who may ask for what. */
@QuarkusTest
class DoorTest {

    @TestHTTPResource
    String base;

    private Client pluggy;

    @BeforeEach
    void connect() {
        pluggy = Client.application(base);
    }

    private static JsonNode claims(String token) throws IOException {
        return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    @Test
    void wrongClientKeysAreRefusedWithAReason() {
        Client.Answer answer = Client.nobody(base)
                .post(
                        "/auth",
                        Json.object().put("clientId", "sandbox-client-id").put("clientSecret", "wrong"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("CLIENT_KEYS_UNAUTHORIZED");
        assertThat(Client.nobody(base).post("/auth", Json.object()).status()).isEqualTo(401);
    }

    @Test
    void anApiKeyIsAJwtOfTwoHours() throws IOException {
        ObjectNode keys =
                Json.object().put("clientId", "sandbox-client-id").put("clientSecret", "sandbox-client-secret");
        String key = Client.nobody(base).ok("POST", "/auth", keys).get("apiKey").asText();
        JsonNode claims = claims(key);
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(7200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.eyJ1c2UiOiJhcGkiLCJleHAiOjk5OTk5OTk5OTl9."})
    void unknownKeysAreRefusedWithoutAReason(String key) {
        for (Client client : new Client[] {pluggy.with(key), Client.nobody(base)}) {
            Client.Answer answer = client.get("/categories");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body().get("code").asInt()).isEqualTo(403);
            assertThat(answer.body().has("codeDescription")).isFalse();
        }
    }

    @Test
    void aChangedKeyIsUnknown() throws IOException {
        String token = pluggy.ok("POST", "/connect_token", Json.object())
                .get("accessToken")
                .asText();
        String[] parts = token.split("\\.", -1);
        String claims = claims(token).toString().replace("connect", "api");
        String forged = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
        assertThat(pluggy.with(forged).get("/categories").status()).isEqualTo(403);
    }

    @Test
    void aConnectTokenReachesItsOwnItemOnly() throws IOException {
        ObjectNode body = Json.object();
        body.putObject("options").put("clientUserId", "user-42").put("oauthRedirectUri", "https://app.example/volta");
        String token =
                pluggy.ok("POST", "/connect_token", body).get("accessToken").asText();
        assertThat(claims(token).get("exp").asLong() - claims(token).get("iat").asLong())
                .isEqualTo(1800);
        Client widget = pluggy.with(token);
        JsonNode item = widget.connected(2, "user-ok-20");
        String id = item.get("id").asText();
        assertThat(item.get("clientUserId").asText()).isEqualTo("user-42");
        assertThat(item.get("oauthRedirectUri").asText()).isEqualTo("https://app.example/volta");
        JsonNode account = widget.accounts(id).get(0);
        assertThat(account.get("owner").isNull()).isTrue();
        assertThat(widget.get("/v2/transactions?accountId=" + account.get("id").asText())
                        .status())
                .isEqualTo(403);
        assertThat(widget.call("DELETE", "/items/" + id, null).status()).isEqualTo(403);

        String otherToken = pluggy.ok("POST", "/connect_token", Json.object())
                .get("accessToken")
                .asText();
        assertThat(pluggy.with(otherToken).get("/items/" + id).status()).isEqualTo(404);
        assertThat(pluggy.with(otherToken).get("/accounts?itemId=" + id).status())
                .isEqualTo(404);
        String update = pluggy.ok("POST", "/connect_token", Json.object().put("itemId", id))
                .get("accessToken")
                .asText();
        assertThat(pluggy.with(update).ok("/items/" + id).get("id").asText()).isEqualTo(id);
        assertThat(pluggy.post("/connect_token", Json.object().put("itemId", "unknown"))
                        .code())
                .isEqualTo("ITEM_NOT_FOUND");
    }

    @Test
    void connectorsAreFiltered() {
        assertThat(pluggy.ok("/connectors").get("results")).isNotEmpty().allMatch(one -> !one.get("isSandbox")
                .asBoolean());
        assertThat(pluggy.ok("/connectors?sandbox=true").get("results"))
                .allMatch(one -> one.get("isSandbox").asBoolean());
        assertThat(pluggy.ok("/connectors?name=cerrado&isOpenFinance=true").get("results"))
                .hasSize(1);
        assertThat(pluggy.ok("/connectors?types=BUSINESS_BANK").get("results"))
                .isNotEmpty()
                .allMatch(one -> one.get("type").asText().equals("BUSINESS_BANK"));
        assertThat(pluggy.get("/connectors/777").code()).isEqualTo("CONNECTOR_NOT_FOUND");
        JsonNode errors = pluggy.ok(
                        "POST", "/connectors/2/validate", Json.object().put("user", "ab"))
                .get("errors");
        assertThat(errors.findValuesAsText("parameter")).containsExactly("user", "password");
    }

    @Test
    void webhooksFollowPluggysRules() {
        try {
            ObjectNode one = Json.object().put("event", "item/error").put("url", "http://127.0.0.1:9/hook");
            String id = pluggy.ok("POST", "/webhooks", one).get("id").asText();
            assertThat(pluggy.post("/webhooks", one).body().get("message").asText())
                    .contains("already exists");
            assertThat(pluggy.post("/webhooks", one.deepCopy().put("event", "item/all"))
                            .body()
                            .get("message")
                            .asText())
                    .isEqualTo("Invalid event type 'item/all' for webhook");
            assertThat(pluggy.post("/webhooks", one.deepCopy().put("url", "not a url"))
                            .status())
                    .isEqualTo(400);
            for (int i = 1; i < 5; i++) {
                pluggy.ok("POST", "/webhooks", one.deepCopy().put("url", "http://127.0.0.1:9/" + i));
            }
            assertThat(pluggy.post("/webhooks", one.deepCopy().put("url", "http://127.0.0.1:9/x"))
                            .body()
                            .get("message")
                            .asText())
                    .contains("maximum of 5");
            assertThat(pluggy.call("PATCH", "/webhooks/" + id, one).status()).isEqualTo(400);
            assertThat(pluggy.ok("PATCH", "/webhooks/" + id, Json.object().put("enabled", false))
                            .get("disabledAt")
                            .isTextual())
                    .isTrue();
            assertThat(pluggy.ok("PATCH", "/webhooks/" + id, Json.object().put("enabled", true))
                            .get("disabledAt")
                            .isNull())
                    .isTrue();
            assertThat(pluggy.ok("/webhooks").get("total").asInt()).isEqualTo(5);
            assertThat(pluggy.ok("DELETE", "/webhooks/" + id, null).get("count").asInt())
                    .isEqualTo(1);
            assertThat(pluggy.get("/webhooks/" + id).code()).isEqualTo("WEBHOOK_NOT_FOUND");
        } finally {
            pluggy.ok(
                    "POST",
                    "/sandbox/reset",
                    Json.object().set("only", Json.array().add("webhooks")));
        }
    }

    @Test
    void theWidgetsPagesAreServed() throws Exception {
        var http = HttpClient.newHttpClient();
        for (String path : new String[] {
            "/connect?connect_token=x",
            "/connect/authorize?item_id=x",
            "/connect/connect.js",
            "/connect/connect.css",
            "/connect/logo/201.svg"
        }) {
            var request = HttpRequest.newBuilder(URI.create(base.replaceAll("/$", "") + path))
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).isNotEmpty();
        }
    }
}
