package dev.afluente.connections.check;

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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StatusTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();
    private String id;

    @BeforeEach
    void connect() {
        ScriptedPluggy.item(item, user, "UPDATED", THEN);
        id = api.createFromItem(item).then().statusCode(201).extract().path("id");
    }

    @Test
    void isAskedStoredAndShown() {
        ScriptedPluggy.item(item, user, "OUTDATED", THEN.plusSeconds(60));

        api.get(path()).then().statusCode(200).body("id", equalTo(id)).body("status", equalTo("OUTDATED"));

        api.get(Api.CONNECTIONS + "/" + id).then().body("status", equalTo("OUTDATED"));
    }

    @Test
    void ofAProviderThatIsAwayIsNotKnown() {
        ScriptedPluggy.answer("GET /items/" + item, Answer.of(503, null));
        Response refused = api.get(path());
        refused.then().statusCode(503).body("code", equalTo("provider_unavailable"));
        assertThat(Integer.parseInt(refused.getHeader("Retry-After"))).isPositive();
        ScriptedPluggy.usual("GET /items/" + item);

        var held = ScriptedPluggy.hold("GET /items/" + item);
        Instant before = Instant.now();
        api.get(path()).then().statusCode(503).body("code", equalTo("provider_unavailable"));
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
        held.countDown();
    }

    @Test
    void isOnlyForTheOwner() {
        String unknown = api.get(Api.CONNECTIONS + "/" + UUID.randomUUID() + "/check_status")
                .then()
                .statusCode(404)
                .body("code", equalTo("connection_not_found"))
                .extract()
                .asString();

        assertThat(Api.of(Api.someone()).get(path()).asString()).isEqualTo(unknown);
        assertThat(Api.of("acme", user).get(path()).asString()).isEqualTo(unknown);
    }

    private String path() {
        return Api.CONNECTIONS + "/" + id + "/check_status";
    }
}
