package dev.afluente.connections.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CreateFromItemTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();

    @Test
    void makesAConnectionShowsItAndTellsIt() {
        ScriptedPluggy.item(item, user, "UPDATED", THEN);

        Response made = api.createFromItem(item);
        String id = made.then()
                .statusCode(201)
                .body("provider", equalTo("pluggy"))
                .body("bank.id", equalTo("601"))
                .body("bank.name", equalTo("Itaú"))
                .body("bank.logo", equalTo("https://img.example/601.svg"))
                .body("bank.color", equalTo("#EC7000"))
                .body("status", equalTo("UPDATED"))
                .body("products.product", equalTo(List.of("ACCOUNTS", "TRANSACTIONS")))
                .body("consent.valid_now", equalTo(true))
                .body("last_sync", nullValue())
                .body("action_required", nullValue())
                .extract()
                .path("id");

        made.then().header("Location", equalTo(Api.CONNECTIONS + "/" + id));
        assertThat(api.get(Api.CONNECTIONS + "/" + id).asString()).isEqualTo(made.asString());
        api.get(Api.CONNECTIONS).then().statusCode(200).body("data", hasSize(1)).body("next_cursor", nullValue());
        Response again = api.post("/api/banking/pluggy/callback", "{\"item_id\":\"" + item + "\"}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(made.asString());

        ConsumerRecord<String, String> told =
                Topic.ofKey("banking.connections", 1, id).get(0);
        assertThat(Topic.header(told, "ce_type")).isEqualTo("dev.afluente.connection.linked.v1");
        assertThat(Topic.header(told, "ce_source")).isEqualTo("/afluente/connection-service");
        assertThat(told.value())
                .contains("\"version\":1", "\"user_id\":\"" + user + "\"", "\"id\":\"" + item + "\"", "Itaú");
    }

    @Test
    void anItemPostedFiftyTimesAtOnceIsOneConnectionAndOneEvent() {
        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        ExecutorService callers = Executors.newFixedThreadPool(50);
        try {
            List<Response> answers = IntStream.range(0, 50)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> api.createFromItem(item), callers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(answers).extracting(Response::statusCode).containsOnly(200, 201);
            assertThat(answers).extracting(Response::statusCode).containsOnlyOnce(201);
            assertThat(answers)
                    .extracting(answer -> answer.<String>path("id"))
                    .containsOnly(answers.get(0).<String>path("id"));
        } finally {
            callers.shutdown();
        }
        assertThat(Rows.count("SELECT count(*) FROM connections WHERE link_id = ?", item))
                .isEqualTo(1);
        String id = Rows.text("SELECT id FROM connections WHERE link_id = ?", item);
        assertThat(Topic.ofKey("banking.connections", 1, id)).hasSize(1);
    }

    @Test
    void somebodyElsesItemIsAnUnknownItemByteForByte() {
        Api foreign = Api.of("acme", user);
        Response unknown = api.createFromItem(UUID.randomUUID().toString());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.<String>path("code")).isEqualTo("item_not_found");

        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        for (Api other : List.of(Api.of(Api.someone()), foreign)) {
            Response refused = other.createFromItem(item);
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.asString()).isEqualTo(unknown.asString());
        }
        // Also once it is connected, and for an item that belongs to nobody.
        api.createFromItem(item).then().statusCode(201);
        assertThat(foreign.createFromItem(item).asString()).isEqualTo(unknown.asString());
        ScriptedPluggy.item(item, user, "UPDATED", THEN).remove("clientUserId");
        assertThat(Api.of(Api.someone()).createFromItem(item).asString()).isEqualTo(unknown.asString());
        assertThat(Rows.count("SELECT count(*) FROM connections WHERE link_id = ?", item))
                .isEqualTo(1);
    }

    @Test
    void aTenantIsPartOfTheOwner() {
        Api acme = Api.of("acme", user);
        ScriptedPluggy.item(item, "acme/" + user, "UPDATED", THEN);
        String id = acme.createFromItem(item).then().statusCode(201).extract().path("id");

        // A user of the default tenant may carry a name that looks like it.
        Api.of("acme/" + user).createFromItem(item).then().statusCode(404);
        Response unknown = api.get(Api.CONNECTIONS + "/" + UUID.randomUUID());
        for (Api other : List.of(api, Api.of("acme", Api.someone()), Api.of("other", user))) {
            Response refused = other.get(Api.CONNECTIONS + "/" + id);
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.asString()).isEqualTo(unknown.asString());
            other.get(Api.CONNECTIONS).then().body("data", hasSize(0));
        }
        acme.get(Api.CONNECTIONS + "/" + id).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "404, ITEM_NOT_FOUND, 404, item_not_found",
        "404, , 404, item_not_found",
        "429, , 503, provider_unavailable",
        "500, INTERNAL_SERVER_ERROR, 503, provider_unavailable",
        "502, , 503, provider_unavailable",
        "503, , 503, provider_unavailable",
        "400, , 502, provider_rejected",
        "401, , 502, provider_rejected",
        "403, , 502, provider_rejected",
        "403, CLIENT_IP_NOT_ALLOWED, 502, provider_rejected",
        "410, ENDPOINT_DEPRECATED, 502, provider_rejected"
    })
    void whatPluggyRefusesIsToldInItsKind(int status, String code, int answered, String problem) {
        ScriptedPluggy.answer("GET /items/" + item, Answer.of(status, code));

        Response response = api.createFromItem(item);

        response.then().statusCode(answered).body("code", equalTo(problem));
        assertThat(response.asString()).doesNotContain("Nope");
        assertThat(response.getHeader("Retry-After") != null).isEqualTo(answered == 503);
        assertThat(Rows.count("SELECT count(*) FROM connections WHERE link_id = ?", item))
                .isZero();
    }

    @Test
    void theWaitPluggyAsksForIsPassedOn() {
        ScriptedPluggy.answer(
                "GET /items/" + item, new Answer(429, "{}", Map.of("RateLimit-Reset", "17", "Retry-After", "60")));

        int seconds = Integer.parseInt(
                api.createFromItem(item).then().statusCode(503).extract().header("Retry-After"));

        assertThat(seconds).isBetween(16, 17);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{", "<html/>", "[]", "{}", "{\"id\":[]}", "{\"id\":\"x\",\"products\":7}"})
    void anAnswerThatIsNotAnItemStoresNothing(String body) {
        ScriptedPluggy.answer("GET /items/" + item, new Answer(200, body, Map.of()));

        int status = api.createFromItem(item).statusCode();

        assertThat(status).isIn(404, 502);
        assertThat(Rows.count("SELECT count(*) FROM connections WHERE link_id = ?", item))
                .isZero();
    }

    @Test
    void anItemWithUnknownWordsAndFieldsIsTakenAsFarAsItIsUnderstood() {
        ScriptedPluggy.item(item, user, "REINCARNATING", THEN)
                .put("somethingNew", Map.of("a", 1))
                .put("products", List.of("ACCOUNTS", "HOROSCOPES"))
                .putNull("connector");

        api.createFromItem(item)
                .then()
                .statusCode(201)
                .body("status", equalTo("UNKNOWN"))
                .body("products.product", equalTo(List.of("ACCOUNTS", "HOROSCOPES")));
    }

    @Test
    void aPluggyThatSaysNothingIsAnsweredFor() {
        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        ScriptedPluggy.hold("GET /items/" + item);

        long began = System.nanoTime();
        api.createFromItem(item).then().statusCode(503).body("code", equalTo("provider_unavailable"));

        assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
        ScriptedPluggy.release("GET /items/" + item);
        api.createFromItem(item).then().statusCode(201);
    }
}
