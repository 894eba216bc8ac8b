package dev.afluente.connections.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.secret.rotation.Rewrapping;
import dev.afluente.connections.secret.rotation.Rewrapping.Progress;
import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a bank tells one person is shown to that person and lies in the database sealed. */
@QuarkusTest
class BankWordsTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");
    private static final String WORDS = "Enviado ao celular final 7788";

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();

    @Inject
    Rewrapping rewrapping;

    @Inject
    SealedWords rows;

    @Test
    void areShownToTheOwnerAndStoredSealed() {
        String id = connect(WORDS);

        assertShown(id, WORDS);
        assertThat(stored(id)).doesNotContain("7788", "Código").contains("\"sealed\":\"s1.file.");
    }

    @Test
    void ofALaterQuestionTakeTheirPlace() {
        String id = connect(WORDS);

        question("Enviado ao e-mail", 60);
        Topic.webhook("item/waiting_user_input", item);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertShown(id, "Enviado ao e-mail"));
        assertThat(stored(id)).doesNotContain("e-mail");
    }

    @Test
    void postedAgainStayWhatTheyWere() {
        String id = connect(WORDS);
        api.createFromItem(item).then().statusCode(200).body("action_required.instructions", equalTo(WORDS));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertShown(id, WORDS));
    }

    @Test
    void thatCannotBeOpenedAreLeftOutAndNothingElse() throws SQLException {
        String id = connect(WORDS);
        run("UPDATE connections SET state = replace(state, 's1.file.', 's1.file.x') WHERE id = ?", id);

        api.get(Api.CONNECTIONS + "/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("WAITING_USER_INPUT"))
                .body("action_required.kind", equalTo("mfa"))
                .body("action_required.instructions", nullValue());
        api.get(Api.CONNECTIONS).then().statusCode(200).body("data.size()", equalTo(1));
    }

    @Test
    void ofAnotherConnectionDoNotOpen() throws SQLException {
        String id = connect(WORDS);
        String otherItem = UUID.randomUUID().toString();
        question(otherItem, "Outra pergunta", 0);
        String other =
                api.createFromItem(otherItem).then().statusCode(201).extract().path("id");

        run(
                "UPDATE connections SET state = (SELECT state FROM connections WHERE id = '" + id + "') WHERE id = ?",
                other);

        api.get(Api.CONNECTIONS + "/" + other).then().body("action_required.instructions", nullValue());
    }

    @Test
    void goWithTheConnection() {
        String id = connect(WORDS);
        api.request().delete(Api.CONNECTIONS + "/" + id).then().statusCode(204);
        assertThat(stored(id)).doesNotContain("sealed\":\"s1");
    }

    @Test
    void areFoundForANewKeyWhereverTheyAre() {
        String id = connect(WORDS);
        String before = stored(id);

        Progress done = rewrapping.run(rows, Progress.START).await().atMost(Duration.ofSeconds(20));

        assertThat(done.finished()).isTrue();
        assertThat(rows.after(null, 1000).await().atMost(Duration.ofSeconds(5)))
                .anySatisfy(row -> assertThat(before).contains(row.text()))
                .allSatisfy(row -> assertThat(row.text()).startsWith("s1."));
        assertThat(rows.after(null, 1000).await().atMost(Duration.ofSeconds(5)).stream()
                        .filter(row -> before.contains(row.text()))
                        .map(row -> rows.replace(row, row.text() + "x").await().atMost(Duration.ofSeconds(5))))
                .containsExactly(true);
        assertThat(stored(id)).isNotEqualTo(before);
    }

    private String connect(String words) {
        question(words, 0);
        return api.createFromItem(item)
                .then()
                .statusCode(201)
                .body("action_required.instructions", equalTo(words))
                .extract()
                .path("id");
    }

    private void question(String words, int seconds) {
        question(item, words, seconds);
    }

    private void question(String of, String words, int seconds) {
        ScriptedPluggy.item(of, user, "WAITING_USER_INPUT", THEN.plusSeconds(seconds))
                .put(
                        "parameter",
                        new JsonObject()
                                .put("name", "token")
                                .put("label", "Código SMS")
                                .put("type", "number")
                                .put("instructions", words));
    }

    private void assertShown(String id, String words) {
        api.get(Api.CONNECTIONS + "/" + id)
                .then()
                .statusCode(200)
                .body("action_required.instructions", equalTo(words))
                .body("action_required.parameter.label", equalTo("Código SMS"));
    }

    private static String stored(String id) {
        return Rows.text("SELECT state FROM connections WHERE id = ?", UUID.fromString(id));
    }

    private static void run(String sql, String id) throws SQLException {
        try (Connection connection = Rows.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, UUID.fromString(id));
            statement.executeUpdate();
        }
    }
}
