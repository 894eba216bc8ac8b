package dev.afluente.sandbox.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** {@code /webhooks}, and {@code /sandbox/deliveries}, which shows what is on its way and what was sent. */
@Singleton
public class WebhookRoutes {

    private final Api api;
    private final Webhooks webhooks;
    private final Deliveries deliveries;

    public WebhookRoutes(Api api, Webhooks webhooks, Deliveries deliveries) {
        this.api = api;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    void register(@Observes Router router) {
        api.keyed(router, HttpMethod.POST, "/webhooks", this::create);
        api.keyed(router, HttpMethod.GET, "/webhooks", call -> list());
        api.keyed(router, HttpMethod.GET, "/webhooks/:id", call -> show(webhooks.get(call.path("id"))));
        api.keyed(router, HttpMethod.PATCH, "/webhooks/:id", this::update);
        api.keyed(router, HttpMethod.DELETE, "/webhooks/:id", call -> {
            webhooks.delete(call.path("id"));
            return Json.bytes(Json.object().put("count", 1));
        });
        api.control(router, HttpMethod.GET, "/sandbox/deliveries", call -> Json.bytes(deliveries.toJson()));
    }

    private static byte[] show(Webhook webhook) {
        return Json.bytes(webhook.toJson());
    }

    private byte[] list() {
        ArrayNode results = Json.array();
        webhooks.all().forEach(webhook -> results.add(webhook.toJson()));
        return Json.bytes(Json.page(results));
    }

    private byte[] create(Call call) {
        JsonNode body = call.body();
        return show(webhooks.create(
                body.path("event").textValue(), body.path("url").textValue(), headers(body.path("headers"))));
    }

    private byte[] update(Call call) {
        JsonNode body = call.body();
        return show(webhooks.update(
                call.path("id"),
                body.path("event").textValue(),
                body.path("url").textValue(),
                body.has("headers") ? headers(body.get("headers")) : null,
                body.hasNonNull("enabled") ? body.get("enabled").asBoolean() : null));
    }

    private static Map<String, String> headers(JsonNode json) {
        if (!json.isObject() && !json.isNull() && !json.isMissingNode()) {
            throw PluggyError.badRequest("headers must be an object");
        }
        Map<String, String> headers = new HashMap<>();
        json.properties()
                .forEach(field -> headers.put(field.getKey(), field.getValue().asText()));
        return Map.copyOf(headers);
    }
}
