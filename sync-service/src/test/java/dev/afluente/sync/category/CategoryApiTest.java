package dev.afluente.sync.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CategoryApiTest {
    private static final String CATEGORIES = "/api/banking/categories";
    private static final String FOOD = "11000000";

    private final Person person = Person.somebody();

    @BeforeEach
    void theTreeIsThere() {
        await().atMost(Duration.ofSeconds(20)).until(() -> !list(person).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|Alimentos e bebidas",
                "en|Food and drinks",
                "de, en-GB;q=0.8, pt;q=0.5|Food and drinks",
                "en;q=0.1, pt-BR|Alimentos e bebidas",
                "fr|Alimentos e bebidas",
                ";;;=|Alimentos e bebidas"
            })
    void theProvidersTreeIsNamedInTheLanguageAskedFor(String language, String name) {
        var request = person.request();
        (language == null ? request : request.header("Accept-Language", language))
                .get(CATEGORIES)
                .then()
                .statusCode(200)
                .header("Vary", equalTo("Accept-Language"))
                .body("data.find { it.id == '11000000' }.name", equalTo(name))
                .body("data.find { it.id == '11010000' }.parent_id", equalTo(FOOD))
                .body("data.find { it.id == '11010000' }.source", equalTo("provider"));
    }

    @Test
    void aPersonsOwnStandBesideAndBelowTheProviders() {
        String bars = person.makes(CATEGORIES, Map.of("name", " Botecos ", "parent_id", FOOD, "colour", "#1E90FF"));
        String samba = person.makes(CATEGORIES, Map.of("name", "Samba", "parent_id", bars));

        assertThat(own(person))
                .containsExactlyInAnyOrder(
                        Map.of("id", bars, "name", "Botecos", "parent_id", FOOD, "colour", "#1e90ff", "source", "user"),
                        category(samba, "Samba", bars));
        assertThat(own(Person.somebody())).isEmpty();

        Map<String, Object> moved = new HashMap<>();
        moved.put("parent_id", null);
        person.patch(CATEGORIES + "/" + samba, moved).then().statusCode(200);
        assertThat(own(person)).contains(category(samba, "Samba", null));
    }

    @Test
    void aRepeatedChangeWritesNothing() {
        String id = person.makes(CATEGORIES, Map.of("name", "Feira"));
        person.patch(CATEGORIES + "/" + id, Map.of("name", "Feira livre"))
                .then()
                .statusCode(200);
        String written = version(id);

        person.patch(CATEGORIES + "/" + id, Map.of("name", "Feira livre"))
                .then()
                .statusCode(200);

        assertThat(version(id)).isEqualTo(written);
    }

    @Test
    void whatCannotStandIsRefused() {
        String bars = person.makes(CATEGORIES, Map.of("name", "Botecos", "parent_id", FOOD));
        String inner = person.makes(CATEGORIES, Map.of("name", "Chope", "parent_id", bars));

        // Siblings, also the provider's, and accents and case make no other name.
        refused(Map.of("name", "BOTECOS", "parent_id", FOOD), 409, "conflict");
        refused(Map.of("name", "Delivery de álimentos", "parent_id", FOOD), 409, "conflict");
        refused(Map.of("name", "x", "parent_id", UUID.randomUUID().toString()), 404, "category_not_found");
        refused(Map.of("name", "x", "parent_id", "nothing"), 404, "category_not_found");
        change(bars, Map.of("parent_id", inner)).statusCode(409).body("code", equalTo("conflict"));
        change(bars, Map.of("parent_id", bars)).statusCode(409);
        change(FOOD, Map.of("name", "x")).statusCode(404);

        String deep = inner;
        for (int level = 4; level <= CategoryTree.MAX_LEVELS; level++) {
            deep = person.makes(CATEGORIES, Map.of("name", "Level " + level, "parent_id", deep));
        }
        refused(Map.of("name", "too deep", "parent_id", deep), 409, "conflict");
        String other = person.makes(CATEGORIES, Map.of("name", "Outro", "parent_id", FOOD));
        change(bars, Map.of("parent_id", other)).statusCode(409).body("code", equalTo("conflict"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"name\":null}",
                "{\"name\":\" \"}",
                "{\"name\":5}",
                "{\"name\":\"x\",\"color\":\"#ffffff\"}",
                "{\"name\":\"x\",\"colour\":\"blue\"}",
                "{\"name\":\"x\",\"parent_id\":7}",
                "{\"name\":\"x\",\"name\":\"y\"}",
                "{\"name\":\"a\\u0000b\"}",
                "{\"name\":"
            })
    void aBodyThatIsNoCategoryIsRefused(String body) {
        person.post(CATEGORIES, body).then().statusCode(400).body("code", equalTo("invalid_body"));
        assertThat(own(person)).isEmpty();
    }

    @Test
    void aCategoryThatIsUsedGoesOnlyWithAPlaceForItsContent() {
        String item = Sandbox.connect("user-ok-20");
        person.connects(item).awaitRuns(1);
        String old = person.makes(CATEGORIES, Map.of("name", "Velha"));
        String fresh = person.makes(CATEGORIES, Map.of("name", "Nova"));
        String child = person.makes(CATEGORIES, Map.of("name", "Filha", "parent_id", old));
        person.makes("/api/banking/category_rules", Map.of("type", "DEBIT", "category_id", old));
        long ruled = carrying(old);
        assertThat(ruled).isPositive();

        deletion(old, "").statusCode(409).body("code", equalTo("category_in_use"));
        deletion(old, "?move_to=" + fresh).statusCode(409).body("code", equalTo("category_in_use"));
        deletion(child, "").statusCode(204);
        deletion(old, "").statusCode(409).body("code", equalTo("category_in_use"));
        deletion(old, "?move_to=" + UUID.randomUUID()).statusCode(404);
        deletion(old, "?move_to=" + old).statusCode(404);
        deletion(old, "?limit=5").statusCode(400);
        deletion(old, "?move_to=" + fresh).statusCode(204);
        deletion(old, "").statusCode(404);

        assertThat(carrying(old)).isZero();
        assertThat(carrying(fresh)).isEqualTo(ruled);
        assertThat(person.get("/api/banking/category_rules").jsonPath().getString("data[0].category_id"))
                .isEqualTo(fresh);
    }

    @Test
    void ofManyAtOnceOneGetsTheName() {
        List<CompletableFuture<Integer>> all = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> person.post(CATEGORIES, Map.of("name", "Uma só")).statusCode()))
                .limit(12)
                .toList();

        assertThat(all.stream().map(CompletableFuture::join).filter(status -> status == 201))
                .hasSize(1);
        assertThat(own(person)).hasSize(1);
    }

    @Test
    void thereIsRoomForThreeHundred() {
        Sql.run("""
                INSERT INTO category (tenant_id, id, user_id, name)
                SELECT 'default', gen_random_uuid(), $1, 'n' || n FROM generate_series(1, $2::int) n""", person.user, CategoryTree.MAX_OWN - 1);
        person.makes(CATEGORIES, Map.of("name", "the last one"));

        refused(Map.of("name", "one too many"), 409, "conflict");
    }

    private ValidatableResponse deletion(String id, String query) {
        return person.delete(CATEGORIES + "/" + id + query).then();
    }

    private ValidatableResponse change(String id, Map<String, Object> body) {
        return person.patch(CATEGORIES + "/" + id, body).then();
    }

    private void refused(Map<String, Object> body, int status, String code) {
        person.post(CATEGORIES, body).then().statusCode(status).body("code", equalTo(code));
    }

    private long carrying(String category) {
        return Sql.number(
                "SELECT count(*) FROM transaction WHERE user_id = $1 AND category_id = $2", person.user, category);
    }

    private static String version(String id) {
        return Sql.run("SELECT xmin::text || ctid::text FROM category WHERE id = $1", UUID.fromString(id))
                .iterator()
                .next()
                .getString(0);
    }

    private static Map<String, Object> category(String id, String name, String parent) {
        Map<String, Object> category = new HashMap<>();
        category.put("id", id);
        category.put("name", name);
        category.put("parent_id", parent);
        category.put("colour", null);
        category.put("source", "user");
        return category;
    }

    private static List<Map<String, Object>> own(Person person) {
        return list(person).stream()
                .filter(each -> "user".equals(each.get("source")))
                .toList();
    }

    private static List<Map<String, Object>> list(Person person) {
        return person.get(CATEGORIES)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data");
    }
}
