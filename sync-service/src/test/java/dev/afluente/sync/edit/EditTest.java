package dev.afluente.sync.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EditTest {
    private static final String LIST = Person.TRANSACTIONS;
    private static String item;
    private static Person person;

    @BeforeEach
    void connectOnce() {
        if (person == null) {
            item = Sandbox.connect("user-ok-40");
            person = Person.somebody().connects(item);
            person.awaitRuns(1);
        }
    }

    @Test
    void theChosenCategoryCountsUntilTheChoiceIsTakenBack() {
        Map<String, Object> row = rowWithCategory();
        String other = anotherCategoryThan(row);
        String before = (String) row.get("category_id");

        Map<String, Object> chosen = edit(row, "{\"category_id\":\"" + other + "\"}");

        assertThat(chosen)
                .containsEntry("category_id", other)
                .containsEntry("category", nameOf(other))
                .containsEntry("category_source", "user");
        assertThat(one(row)).isEqualTo(chosen);
        assertThat(listed("category_id=" + other)).contains(chosen);
        assertThat(listed("category_id=" + before)).doesNotContain(chosen);
        assertThat(edit(row, "{\"category_id\":null}"))
                .containsEntry("category_id", before)
                .containsEntry("category", row.get("category"))
                .containsEntry("category_source", "provider");
    }

    @Test
    void whatIsAbsentStaysAndNullClears() {
        Map<String, Object> row = rowWithCategory();
        String other = anotherCategoryThan(row);

        edit(row, "{\"notes\":\"  almoço com a Bia 🍝 \",\"category_id\":\"" + other + "\"}");

        assertThat(listed("q=ALMOCO")).extracting(each -> each.get("id")).containsExactly(row.get("id"));
        assertThat(edit(row, "{}"))
                .containsEntry("notes", "almoço com a Bia 🍝")
                .containsEntry("category_id", other);
        assertThat(edit(row, "{\"notes\":null}")).containsEntry("notes", null).containsEntry("category_id", other);
        assertThat(edit(row, "{\"notes\":\" \",\"category_id\":null}"))
                .containsEntry("notes", null)
                .containsEntry("category_source", "provider");
    }

    @Test
    void sayingTheSameAgainWritesNothing() {
        Map<String, Object> row = rowWithCategory();
        String body = "{\"notes\":\"once\",\"category_id\":\"" + anotherCategoryThan(row) + "\"}";
        Map<String, Object> first = edit(row, body);
        String written = written(row);

        assertThat(edit(row, body)).isEqualTo(first);
        assertThat(written(row)).isEqualTo(written);
    }

    @Test
    void everySyncLeavesThePersonsWordsAlone() {
        Map<String, Object> spoken = new HashMap<>();
        for (Map<String, Object> row : listed("")) {
            Map<String, Object> edited = edit(
                    row,
                    "{\"notes\":\"note on " + row.get("id") + "\",\"category_id\":\"" + anotherCategoryThan(row)
                            + "\"}");
            spoken.put((String) row.get("id"), List.of(edited.get("notes"), edited.get("category_id")));
        }
        int runs = person.runs().size();

        Sandbox.changeAndTell(item, Map.of("change", 20));
        person.awaitRuns(runs + 1);
        person.comesToSee(item);

        int updated =
                person.get("/api/banking/sync_runs").jsonPath().getList("data.counts.updated", Integer.class).stream()
                        .mapToInt(Integer::intValue)
                        .sum();
        assertThat(updated).isPositive();
        assertThat(listed("")).allSatisfy(row -> assertThat(List.of(row.get("notes"), row.get("category_id")))
                .isEqualTo(spoken.get(row.get("id"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"notes\"",
                "{\"notes\":1}",
                "{\"notes\":{}}",
                "{\"category_id\":true}",
                "{\"category_id\":\"00000000-0000-0000-0000-000000000000\"}",
                "{\"notes\":\"a\\u0000b\"}",
                "{\"notes\":\"\\ud800\"}",
                "{\"amount\":\"1.00\"}",
                "{\"notes\":\"a\",\"notes\":\"b\"}",
                "{\"notes\":\"a\"} {}",
                "{\"notes\":"
            })
    void whatTheOperationDoesNotTakeIsRefusedAndChangesNothing(String body) {
        Map<String, Object> row = rowWithCategory();
        String written = written(row);

        Response answer = person.patch(LIST + "/" + row.get("id"), body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("code")).isEqualTo("invalid_body");
        assertThat(written(row)).isEqualTo(written);
    }

    @Test
    void notesHaveABoundAndDepthToo() {
        Map<String, Object> row = rowWithCategory();
        edit(row, "{\"notes\":\"" + "🍝".repeat(2_000) + "\"}");

        Response longer = person.patch(LIST + "/" + row.get("id"), "{\"notes\":\"" + "x".repeat(2_001) + "\"}");
        Response deep = person.patch(LIST + "/" + row.get("id"), "[".repeat(2_000));

        assertThat(longer.jsonPath().getString("detail"))
                .isEqualTo("notes is null or text of at most 2000 characters.");
        assertThat(deep.jsonPath().getString("code")).isEqualTo("invalid_body");
    }

    @Test
    void aMergePatchMayBeCalledByItsName() {
        person.request()
                .contentType("application/merge-patch+json")
                .body("{\"notes\":\"by name\"}")
                .patch(LIST + "/" + rowWithCategory().get("id"))
                .then()
                .statusCode(200);
    }

    @Test
    void somebodyElsesIsUntouchedAndByteForByteUnknown() {
        Object id = rowWithCategory().get("id");
        String written = written(Map.of("id", id));
        for (Person other : List.of(Person.somebody(), Person.of("acme", person.user))) {
            Response answer = other.patch(LIST + "/" + id, "{\"notes\":\"theirs\"}");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.asByteArray())
                    .isEqualTo(other.patch(LIST + "/" + UUID.randomUUID(), "{\"notes\":\"x\"}")
                            .asByteArray());
        }
        assertThat(written(Map.of("id", id))).isEqualTo(written);
    }

    private static Map<String, Object> edit(Map<String, Object> row, String body) {
        return person.patch(LIST + "/" + row.get("id"), body)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
    }

    private static Map<String, Object> one(Map<String, Object> row) {
        return person.get(LIST + "/" + row.get("id")).jsonPath().getMap("");
    }

    private static List<Map<String, Object>> listed(String query) {
        return person.get(LIST + "?limit=500&" + query).jsonPath().getList("data");
    }

    /** A row as the provider categorised it. */
    private static Map<String, Object> rowWithCategory() {
        Map<String, Object> row = listed("").stream()
                .filter(each -> each.get("category_id") != null)
                .findFirst()
                .orElseThrow();
        return edit(row, "{\"category_id\":null,\"notes\":null}");
    }

    private static String anotherCategoryThan(Map<String, Object> row) {
        return Sql.run(
                        "SELECT min(provider_category_id) FROM transaction WHERE user_id = $1 AND provider_category_id <> $2",
                        person.user,
                        String.valueOf(row.get("category_id")))
                .iterator()
                .next()
                .getString(0);
    }

    private static String nameOf(String category) {
        return Sql.run("SELECT name_pt FROM provider_category WHERE id = $1", category)
                .iterator()
                .next()
                .getString(0);
    }

    /** Which versions of the row and of the feed's head the database holds. */
    private static String written(Map<String, Object> row) {
        return Sql.run("""
                        SELECT t.xmin::text || '/' || h.xmin::text FROM transaction t JOIN feed_head h USING (tenant_id, user_id)
                        WHERE t.id = $1""", UUID.fromString((String) row.get("id")))
                .iterator()
                .next()
                .getString(0);
    }
}
