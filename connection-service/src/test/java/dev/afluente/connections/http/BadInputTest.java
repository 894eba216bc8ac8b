package dev.afluente.connections.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BadInputTest extends ScriptedPluggyTest {
    private final Api api = Api.of(Api.someone());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "\"text\"",
                "{}",
                "{\"item_id\":null}",
                "{\"item_id\":7}",
                "{\"item_id\":\"not-a-uuid\"}",
                "{\"item_id\":[\"3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001\"]}",
                "{\"item_id\":\"3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001\",\"surprise\":1}",
                "{\"item_id\":\"3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001\"} trailing",
                "{\"item_id\":\"3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001\",\"item_id\":\"x\"}",
                "{\"itemId\":\"3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001\"}"
            })
    void aBodyThatIsNotMeantToBeThereIsToldAsSuch(String body) {
        problem(api.post(Api.CONNECTIONS + "/create_from_item", body), 400, "invalid_body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{\"item_id\":7}", "{\"item_id\":\"x\"}", "{\"surprise\":1}"})
    void aBodyThatMayBeAbsentMustBeRightWhenItIsThere(String body) {
        problem(api.post(Api.CONNECTIONS + "/create_connect_token", body), 400, "invalid_body");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, invalid_parameter",
        "limit=501, invalid_parameter",
        "limit=-1, invalid_parameter",
        "limit=ten, invalid_parameter",
        "limit=99999999999999999999, invalid_parameter",
        "cursor=nonsense, invalid_cursor",
        "cursor=!!!!!!!!!!!!!!!!!!!!!!, invalid_cursor"
    })
    void aMalformedPlaceInTheList(String query, String code) {
        problem(api.get(Api.CONNECTIONS + "?" + query), 400, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open_finance=yes", "open_finance=1", "name=%20", "type=%20"})
    void aMalformedFilterOfBanks(String query) {
        problem(
                api.request().urlEncodingEnabled(false).get("/api/banking/connectors?" + query),
                400,
                "invalid_parameter");
    }

    @Test
    void anOverlongFilter() {
        problem(api.get("/api/banking/connectors?name=" + "x".repeat(101)), 400, "invalid_parameter");
    }

    @Test
    void anOversizedBody() {
        String body = "{\"item_id\":\"" + "x".repeat(70_000) + "\"}";
        problem(api.post(Api.CONNECTIONS + "/create_from_item", body), 413, "payload_too_large");
    }

    @Test
    void anotherMediaType() {
        problem(
                api.request().contentType(ContentType.XML).body("<item/>").post(Api.CONNECTIONS + "/create_from_item"),
                415,
                "unsupported_media_type");
    }

    @Test
    void anotherMethodAndAnotherPath() {
        problem(api.undocumented().delete(Api.CONNECTIONS), 405, "method_not_allowed");
        problem(api.undocumented().get("/api/banking/nothing"), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-an-id", "1", "3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001", "%00", "a%2Fb"})
    void anIdThatIsNobodysLooksTheSameInEveryForm(String id) {
        String unknown = api.get(Api.CONNECTIONS + "/" + UUID.randomUUID()).asString();
        Response response = api.undocumented().urlEncodingEnabled(false).get(Api.CONNECTIONS + "/" + id);
        problem(response, 404, "connection_not_found");
        assertThat(response.asString()).isEqualTo(unknown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/banking/connections",
                "/api/banking/connectors",
                "/api/banking/pluggy/banks",
                "/api/banking/connections/create_connect_token",
                "/api/banking/connections/create_from_item",
                "/api/banking/pluggy/connect-token",
                "/api/banking/pluggy/callback"
            })
    void aTrailingSlashChangesNothing(String path) {
        boolean get = path.endsWith("connections") || path.endsWith("connectors") || path.endsWith("banks");
        Response plain = get ? api.get(path) : api.post(path, "{\"item_id\":7}");
        Response slash = get ? api.get(path + "/") : api.post(path + "/", "{\"item_id\":7}");
        assertThat(slash.statusCode()).isEqualTo(plain.statusCode()).isNotIn(405, 500);
        assertThat(slash.asString()).isEqualTo(plain.asString());
    }

    private static void problem(Response response, int status, String code) {
        response.then()
                .statusCode(status)
                .header("Content-Type", startsWith("application/problem+json"))
                .body("status", equalTo(status))
                .body("code", equalTo(code));
    }
}
