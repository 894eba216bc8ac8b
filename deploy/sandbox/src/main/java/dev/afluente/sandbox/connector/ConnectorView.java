package dev.afluente.sandbox.connector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import jakarta.inject.Singleton;

/** A connector in Pluggy's JSON (OpenAPI schema {@code Connector}). */
@Singleton
public class ConnectorView {

    private static final String CREATED_AT = "2023-09-01T18:05:09.145Z";
    private static final String UPDATED_AT = "2026-01-15T12:00:00.000Z";

    private final Connectors connectors;

    public ConnectorView(Connectors connectors) {
        this.connectors = connectors;
    }

    /** @param base scheme and authority under which the picture can be fetched */
    public ObjectNode of(Connector connector, String base, boolean healthDetails) {
        ObjectNode view = Json.object()
                .put("id", connector.id())
                .put("name", connector.name())
                .put("primaryColor", connector.color())
                .put("institutionUrl", "https://banco-" + connector.id() + ".example")
                .put("country", "BR")
                .put("type", connector.type());
        ArrayNode credentials = view.putArray("credentials");
        Credentials.of(connector).forEach(credential -> credentials.add(credential.toJson()));
        view.put("imageUrl", base + "/connect/logo/" + connector.id() + ".svg")
                .put("hasMFA", connector.flow().asksBack() || connector.flow() == Connector.Flow.MFA_ONE_STEP)
                .put("oauth", connector.flow() == Connector.Flow.OAUTH);
        view.set("health", health(connector, healthDetails));
        ArrayNode products = view.putArray("products");
        connector.products().forEach(products::add);
        return view.put("createdAt", CREATED_AT)
                .put("updatedAt", UPDATED_AT)
                .put("isSandbox", connector.sandbox())
                .put("isOpenFinance", connector.openFinance())
                .put("supportsPaymentInitiation", false)
                .put("supportsScheduledPayments", false)
                .put("supportsSmartTransfers", false)
                .put("supportsBoletoManagement", false)
                .put("supportsAutomaticPix", false);
    }

    private ObjectNode health(Connector connector, boolean details) {
        String status = connectors.health(connector.id());
        ObjectNode health = Json.object().put("status", status).putNull("stage");
        if (details) {
            int rate = status.equals("ONLINE") ? 98 : status.equals("UNSTABLE") ? 61 : 0;
            health.putObject("details").put("connectionRateLast6Hours", rate).put("connectionsLast6Hours", 1200);
        }
        return health;
    }
}
