package dev.afluente.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.http.HttpFailure;
import dev.afluente.local.http.JsonHttp;
import java.util.Map;

/** What the launcher does at the simulator, through Pluggy's own API and the simulator's control API. Blocking. */
public final class Simulator {
    private static final String CLIENT_ID = "sandbox-client-id";
    private static final String CLIENT_SECRET = "sandbox-client-secret";
    private static final String WEBHOOK_PATH = "/api/banking/webhooks/pluggy";
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
     * Has notifications delivered to this gateway; one from an earlier run is turned to it, whatever its port was. Sends
     * only what changes: Pluggy refuses an url and event that are there already, also when they are the webhook's own.
     */
    public void deliverTo(String gateway) {
        JsonHttp application = authenticated();
        String target = gateway + WEBHOOK_PATH;
        for (JsonNode webhook : application.get("/webhooks").path("results")) {
            String known = webhook.path("url").asText();
            if (known.endsWith(WEBHOOK_PATH)) {
                Map<String, Object> changes =
                        known.equals(target) ? Map.of("enabled", true) : Map.of("url", target, "enabled", true);
                application.send("PATCH", "/webhooks/" + webhook.path("id").asText(), changes);
                return;
            }
        }
        application.post("/webhooks", Map.of("event", "all", "url", target));
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
