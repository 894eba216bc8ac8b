package dev.afluente.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.http.HttpFailure;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.stack.Stack;
import java.util.Map;

/** What the launcher does at the simulator, through Pluggy's own API and the simulator's control API. Blocking. */
public final class Simulator {
    private static final String CLIENT_ID = "sandbox-client-id";
    private static final String CLIENT_SECRET = "sandbox-client-secret";
    /** The sandbox bank with a login of user and password. */
    private static final int CONNECTOR = 2;

    private final String url;
    private final JsonHttp open;

    /** @param url the simulator, without a slash at the end */
    public Simulator(String url) {
        this.url = url;
        this.open = new JsonHttp(url, Map.of());
    }

    /** Without credentials: the control API asks for none. */
    public JsonHttp control() {
        return open;
    }

    /**
     * Forgets the webhooks of earlier runs on other ports. This run's own is made by connection-service, as in
     * production.
     */
    public void forgetOtherDoors(String gateway) {
        JsonHttp application = authenticated();
        for (JsonNode webhook : application.get("/webhooks").path("results")) {
            String known = webhook.path("url").asText();
            if (known.endsWith(Stack.WEBHOOK_PATH) && !known.startsWith(gateway + "/")) {
                application.send("DELETE", "/webhooks/" + webhook.path("id").asText(), Map.of());
            }
        }
    }

    private JsonHttp authenticated() {
        JsonNode key = open.post("/auth", Map.of("clientId", CLIENT_ID, "clientSecret", CLIENT_SECRET));
        return new JsonHttp(url, Map.of("X-API-KEY", key.path("apiKey").asText()));
    }

    /** What the widget can do with its token. */
    public JsonHttp widget(String connectToken) {
        return new JsonHttp(url, Map.of("X-API-KEY", connectToken));
    }

    /** Plays the widget: the bank's customer types the login. Returns the item's id. */
    public String connect(String connectToken, String bankUser) {
        JsonNode item = widget(connectToken)
                .post(
                        "/items",
                        Map.of(
                                "connectorId",
                                CONNECTOR,
                                "parameters",
                                Map.of("user", bankUser, "password", "password-ok")));
        return item.path("id").asText();
    }

    /** Whether the simulator still has the item. */
    public boolean knows(String itemId) {
        try {
            return authenticated().get("/items/" + itemId).hasNonNull("id");
        } catch (HttpFailure e) {
            return false;
        }
    }

    /** New movements at the bank, collected and notified as after the provider's own update. */
    public void add(String itemId, int rows) {
        change(itemId, Map.of("add", rows));
    }

    /** Any change of the control API: {@code add}, {@code change}, {@code remove} and so on. */
    public void change(String itemId, Map<String, Object> what) {
        open.post("/sandbox/items/" + itemId + "/transactions", what);
    }
}
