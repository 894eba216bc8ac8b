package dev.afluente.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.demo.Simulator;
import dev.afluente.local.http.HttpFailure;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.ledger.ApiLedger;
import dev.afluente.local.ledger.Findings;
import dev.afluente.local.ledger.LedgerComparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A person with one bank, who knows nothing but the public API, the provider's widget and the bank's own app. */
public final class Customer {
    public static final String CONNECTIONS = "/api/banking/connections";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final JsonHttp api;
    private final Simulator simulator;
    private String itemId;
    private String connectionId;

    public Customer(Running running, String name) {
        this.api = running.api(name);
        this.simulator = running.simulator();
    }

    /** Opens the widget, types the login, and gives what comes of it to the product. */
    public Customer connects(int connector, Map<String, String> login) {
        String token = api.post(CONNECTIONS + "/create_connect_token", Map.of())
                .path("connect_token")
                .asText();
        itemId = simulator
                .widget(token)
                .post("/items", Map.of("connectorId", connector, "parameters", login))
                .path("id")
                .asText();
        connectionId = api.post(CONNECTIONS + "/create_from_item", Map.of("item_id", itemId))
                .path("id")
                .asText();
        return this;
    }

    /** Comes back to the widget with a token for an existing connection, as its update mode does. */
    public void updatesInTheWidget(String connectToken, Map<String, String> login) {
        simulator.widget(connectToken).send("PATCH", "/items/" + itemId, Map.of("parameters", login));
    }

    /** Does something at the bank, apart from the product: a call of the simulator's control API. */
    public void atTheBank(String call, Map<String, Object> body) {
        simulator.control().post("/sandbox/items/" + itemId + "/" + call, body);
    }

    /** The bank's books have a row more and nobody is told; returns its id at the provider. */
    public String bankAddsARow() {
        return simulator
                .control()
                .post("/sandbox/items/" + itemId + "/transactions", Map.of("add", 1, "notify", false))
                .path("accounts")
                .path(0)
                .path("created")
                .path(0)
                .asText();
    }

    /** Whether the API shows a row that the provider calls so. */
    public boolean reads(String providerId) {
        try {
            for (JsonNode row : transactions()) {
                if (row.path("provider_id").asText().equals(providerId)) {
                    return true;
                }
            }
            return false;
        } catch (HttpFailure e) {
            return false;
        }
    }

    public String itemId() {
        return itemId;
    }

    /** The connection's address. */
    public String path() {
        return CONNECTIONS + "/" + connectionId;
    }

    public JsonNode does(String operation, Map<String, Object> body) {
        return api.post(CONNECTIONS + "/" + connectionId + "/" + operation, body);
    }

    public JsonNode syncs() {
        return does("sync", Map.of());
    }

    /** Asks for a sync where the person sees the account and not the connection. */
    public JsonNode syncsAnAccount() {
        JsonNode account = api.get("/api/banking/accounts?connection_id=" + connectionId)
                .path("data")
                .path(0);
        return api.post("/api/banking/accounts/" + account.path("id").asText() + "/sync", Map.of());
    }

    public JsonNode connection() {
        return api.get(CONNECTIONS + "/" + connectionId);
    }

    public JsonNode transactions() {
        return api.get("/api/banking/transactions?limit=500").path("data");
    }

    public JsonNode consent() {
        return api.get(CONNECTIONS + "/" + connectionId + "/consent");
    }

    public void leaves() {
        api.send("DELETE", CONNECTIONS + "/" + connectionId, Map.of());
    }

    public JsonNode awaitConnection(Predicate<JsonNode> expected, String what) {
        return awaiting(what).until(this::connection, expected);
    }

    public JsonNode awaitStatus(String status) {
        return awaitConnection(found -> found.path("status").asText().equals(status), "status " + status);
    }

    /** Waits for the end of a run and returns it. */
    public JsonNode awaitRun(String runId) {
        return awaiting("the end of run " + runId)
                .until(() -> api.get("/api/banking/sync_runs/" + runId), run -> run.hasNonNull("finished_at"));
    }

    /** Returns the kinds of what the person is being told at the moment. */
    public List<String> told() {
        List<String> kinds = new ArrayList<>();
        for (JsonNode notification : api.get("/api/banking/notifications").path("data")) {
            if (notification.path("connection_id").asText().equals(connectionId)) {
                kinds.add(notification.path("kind").asText());
            }
        }
        return kinds;
    }

    public void awaitTold(String... kinds) {
        awaiting("notifications " + List.of(kinds))
                .untilAsserted(() -> assertThat(told()).containsExactlyInAnyOrder(kinds));
    }

    public void awaitEqualLedger() {
        awaitEqualLedger(PATIENCE);
    }

    public void awaitEqualLedger(Duration patience) {
        awaiting("an equal ledger").atMost(patience).untilAsserted(() -> {
            Findings findings = LedgerComparison.of(new ApiLedger(api), simulator.control(), connectionId, itemId);
            assertThat(findings.equal()).as(findings.toString()).isTrue();
        });
    }

    public void awaitForgottenAtTheProvider() {
        awaiting("the item's end").until(() -> !simulator.knows(itemId));
    }

    int statusOfConnection() {
        try {
            connection();
            return 200;
        } catch (HttpFailure e) {
            return e.status();
        }
    }

    private static ConditionFactory awaiting(String what) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(HttpFailure.class);
    }
}
