package dev.afluente.sync.support;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.SandboxResource;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The simulator as a test drives it: a bank's customer on one side, the bank itself on the other. */
public final class Sandbox {
    private static final Set<String> SETTLED = Set.of("UPDATED", "LOGIN_ERROR", "OUTDATED", "WAITING_USER_INPUT");
    private static String key;

    private Sandbox() {}

    /** Connects a bank for a sandbox user and returns the item's id when the bank has been read. */
    public static String connect(String sandboxUser) {
        String item = begin(sandboxUser);
        await().atMost(Duration.ofSeconds(30)).until(() -> SETTLED.contains(status(item)));
        return item;
    }

    /** Connects a bank and returns the item's id at once. */
    public static String begin(String sandboxUser) {
        return pluggy().body(
                        Map.of("connectorId", 2, "parameters", Map.of("user", sandboxUser, "password", "password-ok")))
                .post(url("/items"))
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    /** Connects a bank of a certain kind, as the simulator's README numbers them, and returns the item's id. */
    public static String connect(String sandboxUser, int connector) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("user", sandboxUser, "connector_id", connector))
                .post(url("/sandbox/items"))
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    /** The closed bills of a card, newest first. */
    public static List<Map<String, Object>> bills(Object card) {
        return exact(pluggy().queryParam("accountId", card)
                        .queryParam("pageSize", 100)
                        .get(url("/bills"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .getList("results");
    }

    public static String status(String item) {
        return pluggy().get(url("/items/" + item))
                .then()
                .statusCode(200)
                .extract()
                .path("status");
    }

    /** The bank's own truth. */
    public static List<Map<String, Object>> ledger(String item) {
        return exact(given().queryParam("item_id", item)
                        .get(url("/sandbox/ledger"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .getList("accounts");
    }

    /** The bank changes rows, and Pluggy tells of every one, as its notifications would. */
    public static void changeAndTell(String item, Map<String, Object> changes) {
        Map<String, Map<String, Map<String, Object>>> before = rows(item);
        String since = Instant.now().minusSeconds(1).toString();
        change(item, changes);
        rows(item).forEach((account, after) -> {
            Map<String, Map<String, Object>> known = before.get(account);
            tell("transactions/deleted", item, account, known.keySet().stream().filter(id -> !after.containsKey(id)));
            tell(
                    "transactions/updated",
                    item,
                    account,
                    after.keySet().stream()
                            .filter(id ->
                                    known.containsKey(id) && !known.get(id).equals(after.get(id))));
            if (!known.keySet().containsAll(after.keySet())) {
                Stream.notified(
                        UUID.randomUUID().toString(),
                        "transactions/created",
                        item,
                        "{\"accountId\":\"%s\",\"transactionsCreatedAtFrom\":\"%s\"}".formatted(account, since));
            }
        });
    }

    private static void tell(String kind, String item, String account, java.util.stream.Stream<String> ids) {
        List<String> named = ids.toList();
        for (int i = 0; i < named.size(); i += 400) {
            String some = String.join("\",\"", named.subList(i, Math.min(i + 400, named.size())));
            Stream.notified(
                    UUID.randomUUID().toString(),
                    kind,
                    item,
                    "{\"accountId\":\"%s\",\"transactionIds\":[\"%s\"]}".formatted(account, some));
        }
    }

    @SuppressWarnings("unchecked") // the oracle's documented shape
    private static Map<String, Map<String, Map<String, Object>>> rows(String item) {
        Map<String, Map<String, Map<String, Object>>> byAccount = new HashMap<>();
        for (Map<String, Object> account : ledger(item)) {
            Map<String, Map<String, Object>> byId = new HashMap<>();
            ((List<Map<String, Object>>) account.get("transactions"))
                    .forEach(row -> byId.put((String) row.get("id"), row));
            byAccount.put((String) account.get("id"), byId);
        }
        return byAccount;
    }

    /** The bank changes rows. */
    public static JsonPath change(String item, Map<String, Object> changes) {
        return given().contentType(ContentType.JSON)
                .body(withoutNotice(changes))
                .post(url("/sandbox/items/" + item + "/transactions"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The person connects the same bank again; returns the new item. */
    public static String relink(String item) {
        return relink(item, Map.of());
    }

    /** The same, with what the simulator's README says of it. */
    public static String relink(String item, Map<String, Object> how) {
        return given().contentType(ContentType.JSON)
                .body(how)
                .post(url("/sandbox/items/" + item + "/relink"))
                .then()
                .statusCode(200)
                .extract()
                .path("item.id");
    }

    /** No door runs here: tests write to Kafka what it would. */
    private static Map<String, Object> withoutNotice(Map<String, Object> changes) {
        Map<String, Object> quiet = new HashMap<>(changes);
        quiet.put("notify", false);
        return quiet;
    }

    /** Plants a fault. */
    public static void fault(Map<String, Object> fault) {
        given().contentType(ContentType.JSON)
                .body(fault)
                .post(url("/sandbox/faults"))
                .then()
                .statusCode(200);
    }

    public static void healed() {
        given().delete(url("/sandbox/faults")).then().statusCode(200);
    }

    static JsonPath exact(String json) {
        return JsonPath.from(json)
                .using(new JsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.BIG_DECIMAL));
    }

    private static RequestSpecification pluggy() {
        return given().contentType(ContentType.JSON).header("X-API-KEY", key());
    }

    private static synchronized String key() {
        if (key == null) {
            key = given().contentType(ContentType.JSON)
                    .body(Map.of("clientId", "sandbox-client-id", "clientSecret", "sandbox-client-secret"))
                    .post(url("/auth"))
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("apiKey");
        }
        return key;
    }

    private static String url(String path) {
        return SandboxResource.url() + path;
    }
}
