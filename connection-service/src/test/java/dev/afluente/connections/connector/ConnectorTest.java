package dev.afluente.connections.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConnectorTest extends ScriptedPluggyTest {
    private static final String PATH = "/api/banking/connectors";

    private final Api api = Api.of(Api.someone());

    @Test
    void areShownFilteredAndOneByOne() {
        offer();

        api.get(PATH)
                .then()
                .statusCode(200)
                .body("data.id", contains("601", "612"))
                .body("next_cursor", nullValue())
                .body("data[0].name", equalTo("Itaú"))
                .body("data[0].logo", equalTo("https://img.example/601.svg"))
                .body("data[0].color", equalTo("#EC7000"))
                .body("data[0].type", equalTo("PERSONAL_BANK"))
                .body("data[0].products", contains("ACCOUNTS", "CREDIT_CARDS"))
                .body("data[0].mfa", equalTo(true))
                .body("data[0].oauth", equalTo(true))
                .body("data[0].open_finance", equalTo(true))
                .body("data[0].health", equalTo("unstable"))
                .body("data[1].logo", nullValue())
                .body("data[1].health", equalTo("unknown"));
        api.get("/api/banking/pluggy/banks?name=itau").then().body("data.id", contains("601"));
        api.get(PATH + "?open_finance=false").then().body("data.id", contains("612"));
        api.get(PATH + "?type=business_bank").then().body("data.id", contains("612"));
        api.get(PATH + "?name=nowhere").then().statusCode(200).body("data", hasSize(0));
        api.get(PATH + "/601").then().statusCode(200).body("name", equalTo("Itaú"));
        api.get(PATH + "/999").then().statusCode(404).body("code", equalTo("bank_not_found"));
    }

    @Test
    void noneAtAllIsToldAsSuch() {
        await().atMost(Duration.ofSeconds(10)).until(() -> api.get(PATH).statusCode() == 404);
        api.get(PATH).then().statusCode(404).body("code", equalTo("no_active_banks"));
    }

    @Test
    void staySeenWhilePluggyIsAway() {
        offer();
        ScriptedPluggy.answer("GET /connectors", Answer.of(500, null));
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(10))
                .until(() -> api.get(PATH).statusCode() == 200);
        ScriptedPluggy.answer("GET /connectors", new Answer(200, "{\"results\":null}", Map.of()));
        assertThat(api.get(PATH).statusCode()).isEqualTo(200);
    }

    private void offer() {
        ScriptedPluggy.connectors(new JsonArray()
                .add(new JsonObject()
                        .put("id", 601)
                        .put("name", "Itaú")
                        .put("imageUrl", "https://img.example/601.svg")
                        .put("primaryColor", "EC7000")
                        .put("type", "PERSONAL_BANK")
                        .put(
                                "products",
                                new JsonArray()
                                        .add("ACCOUNTS")
                                        .add("creditCards")
                                        .addNull())
                        .put("hasMFA", true)
                        .put("oauth", true)
                        .put("isOpenFinance", true)
                        .put("health", new JsonObject().put("status", "UNSTABLE")))
                .add(new JsonObject()
                        .put("id", 612)
                        .put("name", "Nubank")
                        .put("imageUrl", "javascript:alert(1)")
                        .put("type", "BUSINESS_BANK")
                        .put("health", new JsonObject().put("status", "SLEEPY")))
                .add(new JsonObject().put("id", 7))
                .addNull());
        // The list of the test before may be young still.
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            Object first = api.get(PATH).path("data[0].id");
            return "601".equals(first);
        });
    }
}
