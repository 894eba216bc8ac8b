package dev.afluente.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.pluggy.Client;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drives every operation that the simulator speaks and holds every answer against Pluggy's OpenAPI document. */
@QuarkusTest
class OpenApiConformanceTest {

    /** Other products than accounts and transactions; the last four are only asked for by the widget's own back end. */
    private static final Pattern NOT_SPOKEN =
            Pattern.compile(".* /(payments|smart-transfers|boleto|boletos|boleto-connections|merchants)\\b.*"
                    + "|.* /(investments|loans)/.*|.* /categories/rules.*|.* /accounts/\\{id}/statements");

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*");
    private static final Pattern EXACT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");
    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

    private final OpenApi openApi = new OpenApi();
    private final Set<String> driven = new TreeSet<>();

    @TestHTTPResource
    String base;

    private Client pluggy;

    @BeforeEach
    void connect() {
        pluggy = Client.application(base);
    }

    private JsonNode drive(String operation, String path, JsonNode body) {
        return drive(operation, path, body, 200);
    }

    private JsonNode drive(String operation, String path, JsonNode body, int schemaStatus) {
        Client.Answer answer = pluggy.call(operation.split(" ", 2)[0], path, body);
        assertThat(answer.status()).as(operation + " " + answer.body()).isEqualTo(200);
        assertThat(openApi.breaches(operation, schemaStatus, answer.body()))
                .as(operation + " " + path)
                .isEmpty();
        driven.add(operation);
        assertExactInstants(answer.body());
        return answer.body();
    }

    private static void assertExactInstants(JsonNode node) {
        if (node.isTextual() && INSTANT.matcher(node.asText()).matches()) {
            assertThat(node.asText()).matches(EXACT);
        }
        node.forEach(OpenApiConformanceTest::assertExactInstants);
    }

    @Test
    void everySpokenOperationAnswersInPluggysSchema() {
        doors();
        String item = items();
        for (JsonNode account :
                drive("GET /accounts", "/accounts?itemId=" + item, null).get("results")) {
            account(account.get("id").asText());
        }
        drive("GET /consents", "/consents?itemId=" + item, null)
                .get("results")
                .forEach(consent -> drive(
                        "GET /consents/{id}", "/consents/" + consent.get("id").asText(), null));
        String identity = drive("GET /identity", "/identity?itemId=" + item, null)
                .get("id")
                .asText();
        drive("GET /identity/{id}", "/identity/" + identity, null);
        drive("GET /investments", "/investments?itemId=" + item, null);
        drive("GET /loans", "/loans?itemId=" + item, null);
        webhooks();
        drive("PATCH /items/{id}/disable-auto-sync", "/items/" + item + "/disable-auto-sync", Json.object());
        drive("DELETE /items/{id}", "/items/" + item, null);
        Set<String> spoken = new TreeSet<>(openApi.operations());
        spoken.removeIf(operation -> NOT_SPOKEN.matcher(operation).matches());
        spoken.remove("GET /transactions");
        assertThat(driven).isEqualTo(spoken);
    }

    private void doors() {
        ObjectNode keys =
                Json.object().put("clientId", "sandbox-client-id").put("clientSecret", "sandbox-client-secret");
        drive("POST /auth", "/auth", keys);
        drive("POST /connect_token", "/connect_token", Json.object());
        drive("GET /connectors", "/connectors?healthDetails=true", null);
        drive("GET /connectors", "/connectors?sandbox=true", null);
        drive("GET /connectors/{id}", "/connectors/600", null);
        drive(
                "POST /connectors/{id}/validate",
                "/connectors/2/validate",
                Json.object().put("user", "user-ok"));
        JsonNode list = pluggy.ok("/categories");
        for (JsonNode category : list.get("results")) {
            assertThat(openApi.breaches("Category", category)).isEmpty();
        }
        driven.add("GET /categories");
        drive("GET /categories/{id}", "/categories/01010000", null);
    }

    /** Every state an item can show: while it runs, waits, after each kind of end. */
    private String items() {
        for (String user :
                new String[] {"user-ok-account-error", "user-locked", "user-account-need-actions-provider-message"}) {
            String id = drive("POST /items", "/items", Client.login(2, user, "password-ok"))
                    .get("id")
                    .asText();
            pluggy.settled(id);
            drive("GET /items/{id}", "/items/" + id, null);
        }
        for (int connector : new int[] {5, 6, 7, 8}) {
            String id = pluggy.connected(connector, "user-ok-30").get("id").asText();
            drive("GET /items/{id}", "/items/" + id, null);
        }
        String mfa = pluggy.connected(4, "user-ok-30").get("id").asText();
        drive("GET /items/{id}", "/items/" + mfa, null);
        drive("POST /items/{id}/mfa", "/items/" + mfa + "/mfa", Json.object().put("token", "123456"));
        pluggy.settled(mfa);
        ObjectNode asked = Json.object().put("connector_id", 600).put("user", "user-ok");
        String openFinance =
                pluggy.ok("POST", "/sandbox/items", asked).get("id").asText();
        drive("PATCH /items/{id}", "/items/" + openFinance, Json.object());
        pluggy.settled(openFinance);
        drive("GET /items/{id}", "/items/" + openFinance, null);
        return openFinance;
    }

    private void account(String id) {
        drive("GET /accounts/{id}", "/accounts/" + id, null);
        drive("GET /accounts/{id}/balance", "/accounts/" + id + "/balance", null);
        JsonNode rows = drive("GET /v2/transactions", "/v2/transactions?accountId=" + id, null)
                .get("results");
        String row = rows.get(0).get("id").asText();
        drive("GET /transactions/{id}", "/transactions/" + row, null);
        drive("PATCH /transactions/{id}", "/transactions/" + row, Json.object().put("categoryId", "10000000"));
        for (JsonNode bill : drive("GET /bills", "/bills?accountId=" + id, null).get("results")) {
            drive("GET /bills/{id}", "/bills/" + bill.get("id").asText(), null);
        }
    }

    private void webhooks() {
        ObjectNode body = Json.object().put("event", "boleto/updated").put("url", "http://127.0.0.1:9/conformance");
        String id = drive("POST /webhooks", "/webhooks", body, 201).get("id").asText();
        drive("GET /webhooks", "/webhooks", null);
        drive("GET /webhooks/{id}", "/webhooks/" + id, null);
        drive("PATCH /webhooks/{id}", "/webhooks/" + id, Json.object().put("enabled", false));
        drive("DELETE /webhooks/{id}", "/webhooks/" + id, null);
    }

    @Test
    void refusalsHavePluggysOneShape() {
        Client.Answer[] answers = {
            pluggy.get("/items/" + UNKNOWN),
            pluggy.get("/accounts/" + UNKNOWN),
            pluggy.get("/transactions/" + UNKNOWN),
            pluggy.get("/bills/" + UNKNOWN),
            pluggy.get("/consents/" + UNKNOWN),
            pluggy.get("/identity/" + UNKNOWN),
            pluggy.get("/webhooks/" + UNKNOWN),
            pluggy.get("/categories/1"),
            pluggy.get("/connectors/9999"),
            pluggy.get("/transactions?accountId=" + UNKNOWN),
            pluggy.get("/v2/transactions?limit=3"),
            pluggy.get("/accounts"),
            pluggy.post("/items", Client.login(2, "u", "p")),
            pluggy.post("/webhooks", Json.object()),
            Client.nobody(base).get("/items/" + UNKNOWN),
            Client.nobody(base).post("/auth", Json.object()),
        };
        for (Client.Answer answer : answers) {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(openApi.breaches("GlobalErrorResponse", answer.body())).isEmpty();
            assertThat(answer.body().get("code").asInt()).isEqualTo(answer.status());
            assertThat(answer.body().get("errorId").isTextual()).isTrue();
        }
        assertThat(openApi.breaches("ItemCreationErrorResponse", answers[12].body()))
                .isEmpty();
    }

    @Test
    void theJudgeNoticesWhatIsWrong() {
        assertThat(openApi.breaches("Transaction", Json.object())).isNotEmpty();
        assertThat(openApi.breaches("Category", Json.object().put("id", 5).put("description", "x")))
                .isNotEmpty();
        assertThat(openApi.breaches("Consent", Json.object().put("createdAt", "yesterday")))
                .isNotEmpty();
    }
}
