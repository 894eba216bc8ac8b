package dev.afluente.connections.away;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.embedded.testing.KafkaResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KafkaAwayTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();

    @AfterEach
    void backAgain() {
        KafkaResource.server().start();
    }

    @Test
    void connectionsAreMadeAndToldWhenItIsBack() {
        KafkaResource.server().kill();
        ScriptedPluggy.item(item, user, "UPDATING", THEN);

        String id = api.createFromItem(item).then().statusCode(201).extract().path("id");

        assertThat(Rows.count("SELECT count(*) FROM outbox WHERE key = ?", id)).isEqualTo(1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> RestAssured.get("/q/health/ready").statusCode() == 503);
        RestAssured.get("/q/health/live").then().statusCode(200);
        api.get(Api.CONNECTIONS + "/" + id).then().statusCode(200);

        KafkaResource.server().start();

        assertThat(Topic.ofKey("banking.connections", 1, id)).hasSize(1);
        // And the consumers go on by themselves.
        ScriptedPluggy.item(item, user, "UPDATED", THEN.plusSeconds(60));
        Topic.webhook("item/updated", item);
        await().atMost(Duration.ofSeconds(40)).until(() -> "UPDATED"
                .equals(api.get(Api.CONNECTIONS + "/" + id).path("status")));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> RestAssured.get("/q/health/ready").statusCode() == 200);
    }
}
