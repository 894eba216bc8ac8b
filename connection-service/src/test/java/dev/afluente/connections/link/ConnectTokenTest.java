package dev.afluente.connections.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggy.Answer;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConnectTokenTest extends ScriptedPluggyTest {
    private static final String PATH = Api.CONNECTIONS + "/create_connect_token";

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();

    @Test
    void opensTheWidgetForThisUser() {
        Instant before = Instant.now();
        Response opened = api.post(PATH, "{}");
        opened.then()
                .statusCode(200)
                .body("connect_token", equalTo("token+1"))
                .body("connect_url", equalTo("https://widget.example/connect?lang=pt&connect_token=token%2B1"));

        Instant expires = Instant.parse(opened.path("expires_at"));
        assertThat(expires)
                .isBetween(before.plus(Duration.ofMinutes(30)), Instant.now().plus(Duration.ofMinutes(30)));
        assertThat(ScriptedPluggy.tokenRequests().get(0).encode())
                .isEqualTo("{\"options\":{\"clientUserId\":\"" + user + "\"}}");
    }

    @Test
    void isTheSameAgainWhateverTheSpellingOfTheRequest() {
        String first = api.post(PATH, "{}").asString();

        assertThat(Stream.of(
                                api.request().post(PATH),
                                api.request().contentType("application/json").post(PATH),
                                api.post(PATH + "/", "{\"item_id\":null}"),
                                api.post("/api/banking/pluggy/connect-token", "{}"))
                        .map(Response::asString))
                .containsOnly(first);
        assertThat(ScriptedPluggy.calls("POST /connect_token")).isEqualTo(1);
    }

    @Test
    void aBodyOfAnotherKindIsNotTaken() {
        api.request()
                .contentType("text/plain")
                .body("x")
                .post(PATH)
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
    }

    @Test
    void isAskedForOnceByManyAtOnce() {
        List<CompletableFuture<String>> callers = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> api.post(PATH, "{}").asString()))
                .limit(20)
                .toList();

        assertThat(callers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(ScriptedPluggy.calls("POST /connect_token")).isEqualTo(1);
    }

    @Test
    void inUpdateModeIsOnlyForOnesOwnConnection() {
        String body = "{\"item_id\":\"" + item + "\"}";
        String unknown = api.post(PATH, body).then().statusCode(404).extract().asString();
        ScriptedPluggy.item(item, user, "LOGIN_ERROR", Instant.now());
        // An item of theirs that is not connected is no connection yet.
        assertThat(api.post(PATH, body).asString()).isEqualTo(unknown);
        api.createFromItem(item).then().statusCode(201);

        api.post(PATH, body).then().statusCode(200);

        assertThat(ScriptedPluggy.tokenRequests().get(0).getString("itemId")).isEqualTo(item);
        for (Api other : List.of(Api.of(Api.someone()), Api.of("acme", user))) {
            assertThat(other.post(PATH, body).asString()).isEqualTo(unknown);
        }
        assertThat(ScriptedPluggy.calls("POST /connect_token")).isEqualTo(1);
    }

    @Test
    void carriesTheTenant() {
        Api.of("acme", user).post(PATH, "{}").then().statusCode(200);

        assertThat(ScriptedPluggy.tokenRequests().get(0).encode()).contains("\"clientUserId\":\"acme/" + user + "\"");
    }

    @Test
    void isNotToBeHadWhilePluggyIsAwayAndNothingOfThatIsKept() {
        ScriptedPluggy.answer("POST /connect_token", Answer.of(503, null));
        Response refused = api.post(PATH, "{}");
        refused.then().statusCode(503).body("code", equalTo("provider_unavailable"));
        assertThat(refused.getHeader("Retry-After")).isNotNull();

        ScriptedPluggy.usual("POST /connect_token");

        api.post(PATH, "{}").then().statusCode(200);
    }

    @Test
    void anAnswerWithoutATokenIsARefusal() {
        ScriptedPluggy.answer("POST /connect_token", new Answer(200, "{}", java.util.Map.of()));

        api.post(PATH, "{}").then().statusCode(502).body("code", equalTo("provider_rejected"));
    }
}
