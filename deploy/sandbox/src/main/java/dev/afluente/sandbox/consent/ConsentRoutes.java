package dev.afluente.sandbox.consent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.Items;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** {@code /consents}: every login gives one; permissions are named for Open Finance only. */
@Singleton
public class ConsentRoutes {

    private static final List<String> PERMISSIONS = List.of("ACCOUNTS_ALL", "CREDIT_CARDS_ALL", "REGISTRATION_ALL");

    private final Api api;
    private final Items items;
    private final Connectors connectors;

    public ConsentRoutes(Api api, Items items, Connectors connectors) {
        this.api = api;
        this.items = items;
        this.connectors = connectors;
    }

    void register(@Observes Router router) {
        api.keyed(router, HttpMethod.GET, "/consents", this::list);
        api.keyed(router, HttpMethod.GET, "/consents/:id", this::one);
    }

    private byte[] list(Call call) {
        Item item = items.get(call.queryUuid("itemId"));
        ArrayNode results = Json.array();
        item.progress().consents().forEach(consent -> results.add(view(item, consent)));
        return Json.bytes(Json.page(results));
    }

    private byte[] one(Call call) {
        String id = call.path("id");
        for (Item item : items.all()) {
            for (Item.Consent consent : item.progress().consents()) {
                if (consent.id().equals(id)) {
                    return Json.bytes(view(item, consent));
                }
            }
        }
        throw PluggyError.notFound("CONSENT_NOT_FOUND", "consent not found");
    }

    private ObjectNode view(Item item, Item.Consent consent) {
        ObjectNode view = Json.object().put("id", consent.id()).put("itemId", item.id());
        ArrayNode products = view.putArray("products");
        item.settings().products().forEach(products::add);
        ArrayNode permissions = view.putArray("openFinancePermissionsGranted");
        if (connectors.get(item.origin().connectorId()).openFinance()) {
            PERMISSIONS.forEach(permissions::add);
        }
        return view.put("createdAt", Json.time(consent.createdAt()))
                .put("expiresAt", time(consent.expiresAt()))
                .put("revokedAt", time(consent.revokedAt()));
    }

    private static String time(Instant instant) {
        return instant == null ? null : Json.time(instant);
    }
}
