package dev.afluente.sandbox.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Items;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code POST /auth} and {@code POST /connect_token}. */
@Singleton
public class AuthRoutes {

    private final Api api;
    private final Keys keys;
    private final Items items;

    public AuthRoutes(Api api, Keys keys, Items items) {
        this.api = api;
        this.keys = keys;
        this.items = items;
    }

    void register(@Observes Router router) {
        api.open(router, HttpMethod.POST, "/auth", this::authenticate);
        api.keyed(router, HttpMethod.POST, "/connect_token", this::connectToken);
    }

    private byte[] authenticate(Call call) {
        JsonNode body = call.body();
        if (!keys.areClientKeys(
                body.path("clientId").textValue(), body.path("clientSecret").textValue())) {
            throw PluggyError.of(401, "CLIENT_KEYS_UNAUTHORIZED", "Client keys are invalid");
        }
        return Json.bytes(Json.object().put("apiKey", keys.apiKey()));
    }

    private byte[] connectToken(Call call) {
        String itemId = call.body().path("itemId").textValue();
        if (itemId != null) {
            items.get(itemId);
        }
        JsonNode options = call.body().path("options");
        String token = keys.connectToken(itemId, options.isObject() ? options : null);
        return Json.bytes(Json.object().put("accessToken", token));
    }
}
