package dev.afluente.connections.connection;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CreateFromItemTest extends ScriptedPluggyTest {
    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();

    @Test
    void makesAConnectionAndShowsIt() {
        ScriptedPluggy.item(item, user, "UPDATED", Instant.parse("2026-03-10T09:15:03Z"));

        String id = api.createFromItem(item)
                .then()
                .log()
                .all()
                .statusCode(201)
                .body("provider", equalTo("pluggy"))
                .body("bank.name", equalTo("Itaú"))
                .body("bank.color", equalTo("#EC7000"))
                .body("status", equalTo("UPDATED"))
                .body("products", hasSize(2))
                .body("consent.valid_now", equalTo(true))
                .body("action_required", nullValue())
                .body("created_at", notNullValue())
                .extract()
                .path("id");

        api.get(Api.CONNECTIONS + "/" + id).then().statusCode(200).body("id", equalTo(id));
        api.get(Api.CONNECTIONS).then().statusCode(200).body("data", hasSize(1)).body("next_cursor", nullValue());
        api.createFromItem(item).then().statusCode(200).body("id", equalTo(id));
    }
}
