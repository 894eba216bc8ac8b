package dev.afluente.sandbox.item;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.connector.ConnectorView;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.http.Json;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An item in Pluggy's JSON (OpenAPI schema {@code Item}, and the fields that only Pluggy's example and SDK have). */
@Singleton
public class ItemView {

    private static final Duration AUTO_SYNC = Duration.ofHours(24);
    private static final List<String> PRODUCTS = List.of(
            "accounts",
            "creditCards",
            "transactions",
            "investments",
            "identity",
            "investmentsTransactions",
            "paymentData",
            "loans",
            "accountStatements");

    private final Connectors connectors;
    private final ConnectorView connectorView;

    public ItemView(Connectors connectors, ConnectorView connectorView) {
        this.connectors = connectors;
        this.connectorView = connectorView;
    }

    /** @param base scheme and authority under which the simulator's own pages can be reached */
    public ObjectNode of(Item item, String base) {
        ObjectNode view = Json.object().put("id", item.id());
        ObjectNode connector = connectorView.of(connectors.get(item.origin().connectorId()), base, false);
        view.set("connector", connector);
        view.put("createdAt", Json.time(item.createdAt()))
                .put("updatedAt", Json.time(item.updatedAt()))
                .put("status", item.state().status())
                .put("executionStatus", item.state().executionStatus())
                .put("lastUpdatedAt", time(item.progress().lastUpdatedAt()))
                .put("webhookUrl", item.settings().webhookUrl());
        view.set("error", error(item.state().error()));
        view.put("clientUserId", item.settings().clientUserId())
                .put("consecutiveFailedLoginAttempts", item.progress().logins().failedInARow());
        view.set("statusDetail", statusDetail(item.state().statusDetail()));
        view.set(
                "parameter",
                item.state().parameter() == null
                        ? null
                        : item.state().parameter().toJson());
        view.set("userAction", userAction(item.state().userAction(), base));
        Item.Consent consent = item.consent();
        view.put("nextAutoSyncAt", time(nextAutoSync(item)))
                .put("consentExpiresAt", consent == null ? null : time(consent.expiresAt()));
        ArrayNode products = view.putArray("products");
        item.settings().products().forEach(products::add);
        return view.put("oauthRedirectUri", item.settings().oauthRedirectUri());
    }

    private static String time(Instant instant) {
        return instant == null ? null : Json.time(instant);
    }

    /** Pluggy plans no automatic sync while the person must do something, nor after it was switched off. */
    private static Instant nextAutoSync(Item item) {
        Instant last = item.progress().lastUpdatedAt();
        boolean planned = item.settings().autoSync()
                && last != null
                && (item.state().status().equals("UPDATED")
                        || item.state().status().equals("OUTDATED"));
        return planned ? last.plus(AUTO_SYNC) : null;
    }

    private static ObjectNode error(Item.Problem error) {
        if (error == null) {
            return null;
        }
        ObjectNode json = Json.object().put("code", error.code()).put("message", error.message());
        return error.providerMessage() == null ? json : json.put("providerMessage", error.providerMessage());
    }

    /** The page is given as {@code url} and, as some institutions' links are, as {@code data}. */
    private static ObjectNode userAction(Item.UserAction action, String base) {
        if (action == null) {
            return null;
        }
        ObjectNode json =
                Json.object().put("instructions", action.instructions()).put("type", action.type());
        json.putObject("attributes").put("url", base + action.path()).put("data", base + action.path());
        return json.put("expiresAt", Json.time(action.expiresAt()));
    }

    private static ObjectNode statusDetail(Map<String, Item.Product> detail) {
        if (detail == null) {
            return null;
        }
        ObjectNode json = Json.object();
        for (String name : PRODUCTS) {
            Item.Product product = detail.get(name);
            json.set(name, product == null ? null : product(product));
        }
        return json;
    }

    private static ObjectNode product(Item.Product product) {
        ObjectNode json =
                Json.object().put("isUpdated", product.isUpdated()).put("lastUpdatedAt", time(product.lastUpdatedAt()));
        ArrayNode warnings = json.putArray("warnings");
        if (product.warning() != null) {
            warnings.addObject()
                    .put("code", "001")
                    .put("message", product.warning())
                    .put("providerMessage", "Serviço temporariamente indisponível");
        }
        return json;
    }
}
