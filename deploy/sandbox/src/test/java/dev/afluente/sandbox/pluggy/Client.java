package dev.afluente.sandbox.pluggy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Talks to a running simulator as an application or as a widget. */
public final class Client {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String key;

    private Client(String base, String key) {
        this.base = base.replaceAll("/$", "");
        this.key = key;
    }

    public record Answer(int status, HttpResponse<String> response, JsonNode body) {

        public String code() {
            return body.path("codeDescription").textValue();
        }
    }

    public static Client nobody(String base) {
        return new Client(base, null);
    }

    public static Client application(String base) {
        ObjectNode keys =
                Json.object().put("clientId", "sandbox-client-id").put("clientSecret", "sandbox-client-secret");
        Answer auth = nobody(base).call("POST", "/auth", keys);
        assertThat(auth.status()).isEqualTo(200);
        return new Client(base, auth.body().get("apiKey").asText());
    }

    public Client with(String otherKey) {
        return new Client(base, otherKey);
    }

    public Answer call(String method, String path, JsonNode body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .header("content-type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (key != null) {
            request.header("X-API-KEY", key);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Answer(response.statusCode(), response, Json.MAPPER.readTree(text.isEmpty() ? "null" : text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    public Answer post(String path, JsonNode body) {
        return call("POST", path, body);
    }

    /** The body of a call that must succeed. */
    public JsonNode ok(String method, String path, JsonNode body) {
        Answer answer = call(method, path, body);
        assertThat(answer.status())
                .as(method + " " + path + " " + answer.body())
                .isEqualTo(200);
        return answer.body();
    }

    public JsonNode ok(String path) {
        return ok("GET", path, null);
    }

    public static ObjectNode login(int connectorId, String user, String password) {
        ObjectNode body = Json.object().put("connectorId", connectorId);
        body.putObject("parameters").put("user", user).put("password", password);
        return body;
    }

    public JsonNode create(int connectorId, String user) {
        return ok("POST", "/items", login(connectorId, user, "password-ok"));
    }

    /** The item once nothing more happens to it by itself. */
    public JsonNode settled(String itemId) {
        JsonNode[] item = new JsonNode[1];
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    item[0] = ok("/items/" + itemId);
                    return !List.of("UPDATING", "MERGING")
                            .contains(item[0].get("status").asText());
                });
        return item[0];
    }

    public JsonNode connected(int connectorId, String user) {
        return settled(create(connectorId, user).get("id").asText());
    }

    public List<JsonNode> accounts(String itemId) {
        List<JsonNode> accounts = new ArrayList<>();
        ok("/accounts?itemId=" + itemId).get("results").forEach(accounts::add);
        return accounts;
    }

    /** All rows that a query yields, following the cursor. */
    public List<JsonNode> transactions(String query) {
        List<JsonNode> rows = new ArrayList<>();
        for (String next = query; next != null; ) {
            JsonNode page = ok("/v2/transactions" + next);
            assertThat(page.get("results").size()).isLessThanOrEqualTo(500);
            page.get("results").forEach(rows::add);
            next = page.get("next").textValue();
        }
        return rows;
    }
}
