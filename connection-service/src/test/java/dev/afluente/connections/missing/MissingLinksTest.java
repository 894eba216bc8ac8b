package dev.afluente.connections.missing;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MissingLinksTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();

    @AfterEach
    void leaveNoDoubts() {
        Rows.text("DELETE FROM tasks WHERE kind = 'MISSING' RETURNING kind");
        Rows.text("UPDATE connections SET missing_since = NULL WHERE missing_since IS NOT NULL RETURNING link_id");
    }

    /** Its notification was lost; the provider knows the others. */
    @Test
    void aLinkThatIsGoneIsRemovedWhenAnotherOneIsKnown() {
        connect(UUID.randomUUID().toString());
        String id = connect(item);
        ScriptedPluggy.remove(item);

        Topic.webhook("item/updated", item);

        await().atMost(Duration.ofSeconds(30)).until(() -> api.get(path(id)).statusCode() == 404);
        api.get(path(id) + "/removal").then().statusCode(200);
    }

    /** As with the client keys of another application of the provider's. */
    @Test
    void nothingIsRemovedByAProviderThatKnowsNoneOfThem() {
        String id = connect(UUID.randomUUID().toString());
        connect(item);
        ScriptedPluggy.reset();

        api.get(path(id) + "/check_status").then().statusCode(200).body("status", equalTo("UPDATED"));
        Topic.webhook("item/updated", item);

        // However long it lasts.
        Rows.text(
                "UPDATE connections SET missing_since = now() - interval '30 days' WHERE id = ? RETURNING link_id",
                UUID.fromString(id));
        String asked = "SELECT count(*) FROM tasks WHERE connection_id = ? AND kind = 'MISSING' AND attempts >= 3";
        await().atMost(Duration.ofSeconds(30)).until(() -> Rows.count(asked, UUID.fromString(id)) == 1);
        api.get(path(id)).then().statusCode(200);
        api.get(Api.CONNECTIONS).then().body("data.size()", equalTo(2));
        RestAssured.get("/q/health/well").then().statusCode(503);
        RestAssured.get("/q/health/ready").then().statusCode(200);
        String link = Rows.text("SELECT link_id FROM connections WHERE id = ?", UUID.fromString(id));
        ScriptedPluggy.item(link, user, "OUTDATED", THEN.plusSeconds(60));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> "OUTDATED".equals(api.get(path(id)).path("status")));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> RestAssured.get("/q/health/well").statusCode() == 200);
    }

    /** A link made after the missing one was last seen may have been made under the new keys. */
    @Test
    void aYoungerLinkIsNoWitnessAndTheOnlyOneOfItsTimeIsGivenADay() {
        String id = connect(item);
        connect(UUID.randomUUID().toString());
        Rows.text(
                "UPDATE connections SET state_asked_at = timestamptz '2001-01-01' WHERE id = ? RETURNING link_id",
                UUID.fromString(id));
        ScriptedPluggy.remove(item);

        api.get(path(id) + "/check_status").then().statusCode(200);

        String asked = "SELECT count(*) FROM tasks WHERE connection_id = ? AND kind = 'MISSING' AND attempts >= 2";
        await().atMost(Duration.ofSeconds(30)).until(() -> Rows.count(asked, UUID.fromString(id)) == 1);
        api.get(path(id)).then().statusCode(200);
        Rows.text(
                "UPDATE connections SET missing_since = now() - interval '24 hours' WHERE id = ? RETURNING link_id",
                UUID.fromString(id));
        await().atMost(Duration.ofSeconds(30)).until(() -> api.get(path(id)).statusCode() == 404);
    }

    private String connect(String link) {
        ScriptedPluggy.item(link, user, "UPDATED", THEN);
        String id = api.createFromItem(link).then().statusCode(201).extract().path("id");
        // What a new connection asks by itself has been answered.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Rows.count(
                                "SELECT count(*) FROM tasks WHERE kind NOT IN ('AUTOMATIC', 'SWEEP') AND connection_id = ?",
                                UUID.fromString(id))
                        == 0);
        return id;
    }

    private static String path(String id) {
        return Api.CONNECTIONS + "/" + id;
    }
}
