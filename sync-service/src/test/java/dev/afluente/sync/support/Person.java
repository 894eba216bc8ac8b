package dev.afluente.sync.support;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.model.event.ConnectionEvent;
import dev.afluente.model.event.SyncRequest;
import dev.afluente.model.openapi.contract.ApiContract;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A user of the product, with one connection, seen through the public API. */
public final class Person {
    public static final String TRANSACTIONS = "/api/banking/transactions";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public final String tenant;
    public final String user;
    public final UUID connection = UUID.randomUUID();
    private static ApiContract contract;
    private final String token;

    private Person(String tenant, String user) {
        this.tenant = tenant;
        this.user = user;
        this.token = IdentityResource.tokens().sign(TokenClaims.of(user).withTenant(tenant));
    }

    /** Somebody nobody else is. */
    public static Person somebody() {
        return new Person("default", "user-" + UUID.randomUUID());
    }

    public static Person of(String tenant, String user) {
        return new Person(tenant, user);
    }

    /** Tells the service that this person connected an item. */
    public Person connects(String item) {
        Stream.linked(tenant, user, connection, item);
        return this;
    }

    /** Tells the service that this person connected an item by a further connection, and returns that. */
    public UUID connectsAgain(String item) {
        UUID another = UUID.randomUUID();
        Stream.linked(tenant, user, another, item);
        return another;
    }

    public Response get(String path) {
        return request().get(path);
    }

    /** Returns the body of a successful answer, without looking at it: for those who ask often. */
    public String fetch(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a JSON merge patch. */
    public Response patch(String path, String body) {
        return request().contentType("application/json").body(body).patch(path);
    }

    public Response post(String path, Object body) {
        return request().contentType("application/json").body(body).post(path);
    }

    public Response patch(String path, Object body) {
        return request().contentType("application/json").body(body).patch(path);
    }

    public Response delete(String path) {
        return request().delete(path);
    }

    /** Makes something and returns its id. */
    public String makes(String path, Object body) {
        return post(path, body).then().statusCode(201).extract().path("id");
    }

    public RequestSpecification request() {
        return given().filter(contract()).header("Authorization", "Bearer " + token);
    }

    /** This person's access token, good for an hour. */
    public String token() {
        return token;
    }

    /** Holds every answer a test gets against the document the service serves. */
    public static synchronized ApiContract contract() {
        if (contract == null) {
            contract = ApiContract.served();
        }
        return contract;
    }

    /** Asks for a run, as connection-service does. */
    public UUID asksForRun(boolean waits) {
        UUID run = UuidCreator.getTimeOrderedEpoch();
        Stream.send(requests(run, waits));
        return run;
    }

    public SyncRequest.Requested requests(UUID run, boolean waits) {
        return new SyncRequest.Requested(
                tenant,
                user,
                connection,
                run,
                "MANUAL",
                waits,
                Instant.now(),
                new ConnectionEvent.Link("pluggy", "any", "Banco de Teste"));
    }

    public SyncRequest.Released releases(UUID run) {
        return new SyncRequest.Released(tenant, connection, run, Instant.now());
    }

    public SyncRequest.Abandoned abandons(UUID run) {
        return new SyncRequest.Abandoned(tenant, connection, run, "NEEDS_USER", "login_required", Instant.now());
    }

    /** Waits until a run is in a state, and returns it. */
    public Map<String, Object> awaitRun(UUID run, String status) {
        await().atMost(PATIENCE).until(() -> status.equals(run(run).get("status")));
        return run(run);
    }

    /** One run as its owner sees it; empty when it is not there. */
    public Map<String, Object> run(UUID run) {
        return runs().stream()
                .filter(each -> run.toString().equals(each.get("id")))
                .findFirst()
                .orElse(Map.of());
    }

    /** Waits until so many runs have come to an end, and returns the latest. */
    public Map<String, Object> awaitRuns(int finished) {
        await().atMost(PATIENCE)
                .until(() -> runs().stream()
                                .filter(run -> run.get("finished_at") != null)
                                .count()
                        >= finished);
        await().atMost(PATIENCE).until(() -> runs().stream().allMatch(run -> run.get("finished_at") != null));
        return runs().get(0);
    }

    public List<Map<String, Object>> runs() {
        return get("/api/banking/sync_runs?limit=500")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data");
    }

    public List<Map<String, Object>> accounts() {
        return get("/api/banking/accounts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data");
    }

    /** Every transaction of an account, all pages. */
    public List<Map<String, Object>> transactions(Object account) {
        List<Map<String, Object>> all = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification page = request().queryParam("limit", 500).queryParam("account_id", account);
            var answer = (cursor == null ? page : page.queryParam("cursor", cursor))
                    .get(TRANSACTIONS)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            all.addAll(answer.getList("data"));
            cursor = answer.getString("next_cursor");
        } while (cursor != null);
        return all;
    }

    /** Waits until the API shows exactly what the bank has. */
    public void comesToSee(String item) {
        List<Map<String, Object>> ledger = Sandbox.ledger(item);
        await().atMost(PATIENCE).untilAsserted(() -> seesExactly(ledger));
    }

    /** Asserts that the API shows exactly the bank's own ledger, row by row. */
    public void seesExactly(List<Map<String, Object>> ledger) {
        Map<String, Object> ids = new HashMap<>();
        accounts().forEach(account -> ids.put((String) account.get("provider_id"), account.get("id")));
        assertThat(ids.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ledger.stream().map(a -> (String) a.get("id")).toList());
        for (Map<String, Object> account : ledger) {
            boolean card = "CREDIT".equals(account.get("type"));
            @SuppressWarnings("unchecked") // the oracle's documented shape
            List<Map<String, Object>> rows = (List<Map<String, Object>>) account.get("transactions");
            assertThat(transactions(ids.get(account.get("id"))).stream().map(Person::shown))
                    .containsExactlyInAnyOrderElementsOf(
                            rows.stream().map(row -> expected(row, card)).toList());
        }
    }

    private record Line(String id, Instant date, BigDecimal amount, String currency, String status, String text) {}

    private static Line shown(Map<String, Object> row) {
        return new Line(
                (String) row.get("provider_id"),
                Instant.parse((String) row.get("date")),
                new BigDecimal((String) row.get("amount")).stripTrailingZeros(),
                (String) row.get("currency"),
                (String) row.get("status"),
                (String) row.get("description"));
    }

    private static Line expected(Map<String, Object> row, boolean card) {
        Object converted = row.get("amountInAccountCurrency");
        BigDecimal stated = new BigDecimal((converted == null ? row.get("amount") : converted).toString());
        return new Line(
                (String) row.get("id"),
                Instant.parse((String) row.get("date")),
                (card ? stated.negate() : stated).stripTrailingZeros(),
                converted == null ? (String) row.get("currencyCode") : "BRL",
                (String) row.get("status"),
                (String) row.get("description"));
    }
}
