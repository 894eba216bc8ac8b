package dev.afluente.sync.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangesTest {
    private static final String CHANGES = Person.TRANSACTIONS + "/changes";

    @Test
    void fromNothingEverythingIsAddedPageByPage() {
        Person person = connected("user-ok-120");
        Follower follower = new Follower(person);

        follower.catchesUp(7);

        assertThat(follower.copy).isEqualTo(ledger(person));
        assertThat(follower.repeated).isZero();
        assertThat(follower.mislabelled).isZero();
        assertThat(since(person, follower.cursor()).getList("added")).isEmpty();
    }

    @Test
    void aRowIsModifiedThenRemovedThenAddedAgain() {
        Person person = connected("user-ok-30");
        Follower follower = new Follower(person);
        follower.catchesUp(500);
        Object id = follower.copy.keySet().iterator().next();

        person.patch(Person.TRANSACTIONS + "/" + id, "{\"notes\":\"changed\"}")
                .then()
                .statusCode(200);
        assertThat(since(person, follower.cursor()).getList("modified.id")).containsExactly(id);
        follower.catchesUp(500);

        write(person, id, "deleted_at = now()");
        JsonPath removed = since(person, follower.cursor());
        assertThat(removed.getList("removed.id")).containsExactly(id);
        assertThat(removed.getList("modified")).isEmpty();
        assertThat(since(person, null).getList("removed")).isEmpty();
        follower.catchesUp(500);

        write(person, id, "deleted_at = NULL, shown_seq = f.seq");
        JsonPath back = since(person, follower.cursor());
        assertThat(back.getList("added.id")).containsExactly(id);
        assertThat(back.getList("modified")).isEmpty();
    }

    @Test
    void whoReadsTheWholeInPagesHearsOfARemovalBehindAndNotOfOneAhead() {
        Person person = connected("user-ok-30");
        Follower follower = new Follower(person);
        follower.reads(10);
        Object behind = follower.copy.keySet().iterator().next();
        Object ahead = unmoved(person).stream()
                .filter(id -> !follower.copy.containsKey(id))
                .findFirst()
                .orElseThrow();

        write(person, behind, "deleted_at = now()");
        write(person, ahead, "deleted_at = now()");

        JsonPath rest = since(person, follower.cursor());
        assertThat(rest.getList("removed.id")).containsExactly(behind);
        assertThat(rest.getList("modified")).isEmpty();
        follower.catchesUp(500);
        assertThat(follower.copy).isEqualTo(ledger(person));
    }

    @Test
    void whoNeverHadAnythingStartsAnywhere() {
        Person nobody = Person.somebody();

        JsonPath page = since(nobody, null);

        assertThat(page.getList("added")).isEmpty();
        assertThat(page.getBoolean("has_more")).isFalse();
        assertThat(since(nobody, page.getString("next_cursor")).getString("next_cursor"))
                .isEqualTo(page.getString("next_cursor"));
    }

    @Test
    void aCursorThatThisFeedDidNotGiveOutIsRefused() {
        Person person = connected("user-ok-10");
        String own = since(person, null).getString("next_cursor");
        String others = since(connected("user-ok-10"), null).getString("next_cursor");
        String plain = new String(Base64.getUrlDecoder().decode(own), UTF_8);
        String listed = person.get(Person.TRANSACTIONS + "?limit=1").jsonPath().getString("next_cursor");

        for (String cursor : List.of(
                "x",
                others,
                listed,
                own + "A",
                own.substring(1),
                encoded(plain + " "),
                encoded(plain.replaceAll("^(\\d+) (\\d+)", "99 1")),
                encoded(plain.replaceAll("^(\\d+) (\\d+)", "-1 1")),
                // As from before the database was restored.
                encoded(plain.replaceAll("^(\\d+) (\\d+)", "9999 9999")))) {
            var answer = person.request().queryParam("cursor", cursor).get(CHANGES);
            assertThat(answer.statusCode()).as(cursor).isEqualTo(400);
            assertThat(answer.jsonPath().getString("code")).isEqualTo("invalid_cursor");
        }
    }

    private static Person connected(String sandboxUser) {
        Person person = Person.somebody().connects(Sandbox.connect(sandboxUser));
        person.awaitRuns(1);
        return person;
    }

    /** Everything the list shows, by id. */
    static Map<Object, Map<String, Object>> ledger(Person person) {
        Map<Object, Map<String, Object>> rows = new HashMap<>();
        person.accounts().forEach(account -> person.transactions(account.get("id"))
                .forEach(row -> rows.put(row.get("id"), row)));
        return rows;
    }

    /**
     * The rows that are still in their first place. One that has moved since (the parts of a purchase are tied after they
     * are merged) may have passed the reader on its way, so its removal is told to be safe.
     */
    private static List<Object> unmoved(Person person) {
        List<Object> ids = new ArrayList<>();
        Sql.run("SELECT id FROM transaction WHERE user_id = $1 AND first_seq = change_seq", person.user)
                .forEach(row -> ids.add(row.getUUID("id").toString()));
        return ids;
    }

    private static JsonPath since(Person person, String cursor) {
        var request = person.request().queryParam("limit", 500);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .get(CHANGES)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void write(Person person, Object id, String change) {
        Sql.run("""
                WITH f AS (UPDATE feed_head SET seq = seq + 1 WHERE user_id = $1 RETURNING seq)
                UPDATE transaction SET change_seq = f.seq, updated_at = now(), %s FROM f WHERE id = $2""".formatted(change), person.user, UUID.fromString((String) id));
    }

    private static String encoded(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }
}
