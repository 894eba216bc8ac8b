package dev.afluente.connections.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConnectionListTest extends ScriptedPluggyTest {
    private final String user = Api.someone();
    private final Api api = Api.of(user);

    @Test
    void isReadPageByPageNewestFirst() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String item = UUID.randomUUID().toString();
            ScriptedPluggy.item(item, user, "UPDATED", Instant.parse("2026-03-10T09:15:03Z"));
            made.add(api.createFromItem(item).path("id"));
        }
        Collections.reverse(made);

        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            Response page = api.get(Api.CONNECTIONS + "?limit=2" + (cursor == null ? "" : "&cursor=" + cursor));
            page.then().statusCode(200);
            read.addAll(page.path("data.id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);

        assertThat(read).isEqualTo(made);
        api.get(Api.CONNECTIONS + "?limit=5").then().body("data", hasSize(5)).body("next_cursor", nullValue());
    }

    @Test
    void isEmptyForSomebodyNew() {
        assertThat(api.get(Api.CONNECTIONS).asString()).isEqualTo("{\"data\":[],\"next_cursor\":null}");
    }

    @Test
    void aCursorOfSomebodyElseShowsNothingOfTheirs() {
        String item = UUID.randomUUID().toString();
        ScriptedPluggy.item(item, user, "UPDATED", Instant.parse("2026-03-10T09:15:03Z"));
        UUID id = UUID.fromString(api.createFromItem(item).path("id"));

        Api.of(Api.someone())
                .get(Api.CONNECTIONS + "?cursor=" + dev.afluente.connections.http.IdCursor.after(id))
                .then()
                .statusCode(200)
                .body("data", hasSize(0));
    }
}
